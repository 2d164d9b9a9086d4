/// Whether the settings' file can be read and says nothing wrong.
public struct SettingsCheck: Check {
    /// What was read, before the doctor came.
    public struct Reading: Sendable {
        /// The file; `nil` where there is none.
        public var file: String?
        /// What is wrong with it, or with the options and variables; the rest is looked at with the defaults then.
        public var mistake: String?

        /// A reading of those parts.
        public init(file: String?, mistake: String? = nil) {
            self.file = file
            self.mistake = mistake
        }
    }

    let reading: Reading

    /// `settings`.
    public var name: String { "settings" }

    /// One line.
    public func lines() async -> [CheckLine] {
        if let mistake = reading.mistake {
            return [
                .broken(
                    .configuration, mistake, why: "no verb runs with these settings; what follows goes by the defaults",
                    advice: "mend it; config/autotagger.yaml in the project shows every setting")
            ]
        }
        return [.ok(reading.file.map { "\($0) is sound" } ?? "no file, so every setting has its default")]
    }
}
