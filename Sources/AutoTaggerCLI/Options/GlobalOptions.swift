public import ArgumentParser

/// The options of every verb. What is not given is taken from the environment (`AUTOTAGGER_…`), then from the default.
public struct GlobalOptions: ParsableArguments {
    /// `--config`.
    @Option(help: ArgumentHelp("The settings' file (AUTOTAGGER_CONFIG).", valueName: "file"))
    public var config: String?

    /// `--ledger`.
    @Option(
        help: ArgumentHelp(
            """
            The ledger (AUTOTAGGER_LEDGER): a file, or dynamodb://TABLE for many machines; by default autotagger.sqlite \
            in the state folder.
            """,
            valueName: "path|dynamodb://table"
        )
    )
    public var ledger: String?

    /// `--region`.
    @Option(help: "The AWS region (AUTOTAGGER_REGION); for 'ledger list' the events' region.")
    public var region: String?

    /// `--profile`.
    @Option(help: ArgumentHelp("The profile of the AWS settings (AUTOTAGGER_PROFILE).", valueName: "name"))
    public var profile: String?

    /// `--endpoint-url`.
    @Option(
        name: .customLong("endpoint-url"),
        help: ArgumentHelp("Where AWS is called instead of its own hosts (AUTOTAGGER_ENDPOINT_URL).", valueName: "url")
    )
    public var endpointURL: String?

    /// `--handlers`.
    @Option(help: ArgumentHelp("A folder of handlers of your own (AUTOTAGGER_HANDLERS).", valueName: "dir"))
    public var handlers: String?

    /// `--log-level`.
    @Option(help: ArgumentHelp("How much is logged (AUTOTAGGER_LOG_LEVEL); by default notice.", valueName: "level"))
    public var logLevel: LogLevel?

    /// `--log-format`.
    @Option(help: ArgumentHelp("How logs are written (AUTOTAGGER_LOG_FORMAT); by default text.", valueName: "format"))
    public var logFormat: LogFormat?

    /// Made by the parser.
    public init() {}
}

/// How much is logged: swift-log's levels.
public enum LogLevel: String, Sendable, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical
}

/// How logs are written.
public enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case text, json
}
