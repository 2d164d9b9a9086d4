public import ArgumentParser
import Configuration

/// `--wait`, of the verb that tags.
public struct WaitOption: ParsableArguments {
    /// `--wait`.
    @Option(
        help: ArgumentHelp(
            "How long to stay, once everything else is done, with events that came too early, such as 90s or 5m"
                + " (AUTOTAGGER_WAIT); by default not at all.",
            valueName: "duration"
        )
    )
    public var wait: TimeSpan?

    /// Made by the parser.
    public init() {}

    /// The option, else its twin in the environment, else nothing.
    /// - Throws: ``CommandFailure`` with exit code 78 for a variable that is no length of time.
    public func resolved(in environment: [String: String]) throws -> Duration {
        if let wait { return wait.duration }
        guard let text = EnvironmentTwins(environment)["WAIT"] else { return .zero }
        guard let span = TimeSpan(argument: text) else {
            throw CommandFailure(
                code: "invalidVariable",
                message: "AUTOTAGGER_WAIT is '\(text)': it must be a length of time such as 90s, 5m or 1h",
                exitCode: .configuration
            )
        }
        return span.duration
    }
}

/// A length of time as people type it: `90s`, `5m`, `2h`, `7d` or `2w`.
public struct TimeSpan: Sendable, Equatable, ExpressibleByArgument {
    /// How long it is.
    public let duration: Duration

    /// Reads what was typed.
    public init?(argument: String) {
        guard let duration = DurationText.parse(argument) else { return nil }
        self.duration = duration
    }
}
