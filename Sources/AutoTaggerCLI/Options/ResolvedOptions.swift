import ArgumentParser
import AutoTagger
public import Configuration

/// The options of every verb once the environment has had its say.
public struct ResolvedOptions: Sendable, Equatable {
    /// The settings' file, if one was named.
    public let config: String?
    /// Where the ledger is, if somebody said so.
    public let ledger: LedgerLocation?
    /// The AWS region, if one was named; AWS's own variables and files come after it.
    public let region: String?
    /// The profile of the AWS settings, if one was named.
    public let profile: String?
    /// Where AWS is called instead of its own hosts.
    public let endpointURL: String?
    /// A folder of the user's own handlers.
    public let handlers: String?
    /// How much is logged.
    public let logLevel: LogLevel?
    /// How logs are written.
    public let logFormat: LogFormat?
}

extension GlobalOptions {
    /// Each option, else its twin in the environment, else the default. An empty variable counts as none.
    /// - Throws: ``CommandFailure`` with exit code 78 for a variable that says nothing sensible.
    public func resolved(in environment: [String: String]) throws -> ResolvedOptions {
        let twins = EnvironmentTwins(environment)
        return ResolvedOptions(
            config: config ?? twins["CONFIG"],
            ledger: try Self.location(ledger ?? twins["LEDGER"]),
            region: region ?? twins["REGION"],
            profile: profile ?? twins["PROFILE"],
            endpointURL: endpointURL ?? twins["ENDPOINT_URL"],
            handlers: handlers ?? twins["HANDLERS"],
            logLevel: try logLevel ?? twins.value("LOG_LEVEL"),
            logFormat: try logFormat ?? twins.value("LOG_FORMAT")
        )
    }
}

extension GlobalOptions {
    private static func location(_ text: String?) throws -> LedgerLocation? {
        guard let text, !text.isEmpty else { return nil }
        do throws(ConfigurationError) { return try LedgerLocation(text) } catch {
            throw CommandFailure(code: "ledgerKind", message: error.description, exitCode: .configuration)
        }
    }
}

extension EnvironmentTwins {
    func value<Value: ExpressibleByArgument & CaseIterable>(_ name: String) throws -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = Value(argument: text) else {
            let words = Value.allValueStrings.joined(separator: ", ")
            throw CommandFailure(
                code: "invalidVariable",
                message: "AUTOTAGGER_\(name) is '\(text)': it must be one of \(words)",
                exitCode: .configuration
            )
        }
        return value
    }
}
