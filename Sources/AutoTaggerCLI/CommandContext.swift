public import AutoTagger
public import CurlHTTP
public import Foundation

/// Everything a verb takes from the process it runs in, so that a test can give it another one.
public struct CommandContext: Sendable {
    /// The environment.
    public var environment: [String: String]
    /// The present instant.
    public var now: @Sendable () -> Date
    /// The clock that waiting goes by.
    public var clock: any Clock<Duration> = ContinuousClock()
    /// Takes results.
    public var output: @Sendable (String) -> Void
    /// Takes logs, progress and errors.
    public var errors: @Sendable (String) -> Void
    /// The columns of the terminal that results go to; `nil` where they go elsewhere, and then nothing is cut.
    public var terminalWidth: Int?
    /// Whether progress may be shown: only where standard error is a terminal.
    public var showsProgress = false
    /// The plugins of the executable, on top of the built-in ones.
    public var plugins: [any Plugin] = []
    /// Makes the way to the network, once it is needed, as the environment says (proxies, `AWS_CA_BUNDLE`).
    public var transport: @Sendable ([String: String]) -> any HTTPTransport = { environment in
        CurlTransport(configuration: CurlConfiguration(environment: environment))
    }

    /// A context with all its parts.
    public init(
        environment: [String: String],
        now: @escaping @Sendable () -> Date,
        output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void,
        terminalWidth: Int? = nil
    ) {
        self.environment = environment
        self.now = now
        self.output = output
        self.errors = errors
        self.terminalWidth = terminalWidth
    }

    /// The process as it is.
    public static var process: CommandContext {
        let environment = ProcessInfo.processInfo.environment
        var context = CommandContext(
            environment: environment,
            now: { Date() },
            output: { FileHandle.standardOutput.write(Data($0.utf8)) },
            errors: { FileHandle.standardError.write(Data($0.utf8)) },
            terminalWidth: isatty(STDOUT_FILENO) == 1 ? environment["COLUMNS"].flatMap(Int.init) : nil
        )
        context.showsProgress = isatty(STDERR_FILENO) == 1
        return context
    }
}
