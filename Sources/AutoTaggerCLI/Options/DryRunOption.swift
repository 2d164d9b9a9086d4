public import ArgumentParser
import Configuration

/// `--dry-run`, of the verbs that write.
public struct DryRunOption: ParsableArguments {
    /// `--dry-run`.
    @Flag(help: "Shows what would be done (AUTOTAGGER_DRY_RUN); nothing is written and AWS is not called.")
    public var dryRun = false

    /// Made by the parser.
    public init() {}

    /// The flag, or its twin in the environment: anything but `0`, `false` and nothing.
    public func resolved(in environment: [String: String]) -> Bool { dryRun || Self.isAsked(in: environment) }

    /// Whether the environment asks for it.
    static func isAsked(in environment: [String: String]) -> Bool {
        let twin = EnvironmentTwins(environment)["DRY_RUN"]?.lowercased() ?? "false"
        return !["0", "false"].contains(twin)
    }
}
