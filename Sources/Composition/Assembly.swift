internal import AWSClient
private import AWSTagging
public import AutoTagger
private import BuiltinPlugins
public import Configuration
public import CurlHTTP
public import Foundation
public import Logging
private import SQLiteLedger

/// Puts a running AutoTagger together: the only code that names concrete adapters.
///
/// Making one reads no file and opens no connection; each part is made when it is asked for.
public struct Assembly: Sendable {
    /// The settings, with the command line's word already in them.
    public var settings: Settings
    let environment: [String: String]
    private let plugins: [any Plugin]
    let transport: any HTTPTransport
    private let logger: Logger

    /// An assembly; `plugins` come on top of the built-in ones.
    public init(
        settings: Settings, environment: [String: String], plugins: [any Plugin] = [], transport: any HTTPTransport,
        logger: Logger
    ) {
        self.settings = settings
        self.environment = environment
        self.plugins = plugins
        self.transport = transport
        self.logger = logger
    }

    /// All handlers: built in, compiled in, and the user's own files.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in the user's files.
    public func registry() throws(ConfigurationError) -> HandlerRegistry {
        let declared =
            try settings.handlersFolder.map { folder throws(ConfigurationError) in try HandlerFolder.load(folder) }
            ?? []
        return try HandlerRegistry(catalogue: BuiltinCatalogue(), plugins: plugins, declared: declared)
    }

    /// The ledger at a path, with warnings about its file already logged.
    ///
    /// - Throws: ``LedgerError`` when the path cannot be used.
    public func ledger(at path: String, now: Date) throws(LedgerError) -> any Ledger {
        let ledger = try SQLiteLedger(path: path, now: now)
        for warning in ledger.warnings { logger.warning("\(warning)") }
        return ledger
    }

    /// The whole way of an event, over a ledger.
    ///
    /// - Throws: ``ConfigurationError`` as ``registry()`` does.
    public func dispatcher(ledger: any Ledger) throws(ConfigurationError) -> Dispatcher {
        let client = AWSClient(configuration: clientConfiguration, transport: transport, environment: environment)
        return Dispatcher(
            ports: Dispatcher.Ports(
                registry: try registry(), reader: AWSResourceReader(client: client),
                writer: AWSTagWriter(client: client),
                ledger: ledger, caller: STSCallerIdentity(client: client, region: region),
                logger: logger),
            options: settings.dispatcher)
    }

    /// The region for calls that no event places; where nobody named one, the oldest one knows every account of its cloud.
    var region: String {
        settings.aws.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1"
    }

    var clientConfiguration: AWSConfiguration {
        var configuration = AWSConfiguration(profile: settings.aws.profile, endpointURL: settings.aws.endpointURL)
        configuration.accountRole = settings.aws.accountRole.map {
            AccountRole(template: $0, externalID: settings.aws.externalID)
        }
        return configuration
    }
}
