public import ArgumentParser
public import AutoTagger

/// What the program ends with, after `sysexits.h`; scripts rely on these.
extension ExitCode {
    /// Nobody is known, or something is unsound: the question was answered, with no.
    public static let no = ExitCode(1)
    /// An input is not CloudTrail; the good ones were processed.
    public static let notCloudTrail = ExitCode(65)
    /// AWS is not reachable.
    public static let unreachable = ExitCode(69)
    /// Something failed and is worth trying again.
    public static let tryAgain = ExitCode(75)
    /// AWS refused.
    public static let permissionDenied = ExitCode(77)
    /// The settings are wrong.
    public static let configuration = ExitCode(78)
}

/// Why a verb could not do what it was asked, with what the program ends with.
public struct CommandFailure: Error, Sendable, CustomStringConvertible {
    /// A stable word for it, fit for a metric's label.
    public let code: String
    /// What failed, on what, and what to do.
    public let message: String
    /// What the program ends with.
    public let exitCode: ExitCode

    /// A failure with its word, its text and what the program ends with.
    public init(code: String, message: String, exitCode: ExitCode) {
        self.code = code
        self.message = message
        self.exitCode = exitCode
    }

    /// The text alone: it is meant to be shown to a person.
    public var description: String { message }
}

extension LedgerError {
    /// Another place or other rights mend some errors; time mends the rest.
    public var exitCode: ExitCode {
        switch code {
        case "notWritable", "notReadable", "missing", "tooNew", "notALedger", "corrupt", "noRegion":
            .configuration
        case "denied", "credentials": .permissionDenied
        default: .tryAgain
        }
    }
}
