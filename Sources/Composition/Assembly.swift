internal import AWSClient
private import AWSTagging
public import AutoTagger
private import BuiltinPlugins
public import Configuration
public import CoreMetrics
public import CurlHTTP
public import EventSources
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
    private let metrics: any MetricsFactory

    /// An assembly; `plugins` come on top of the built-in ones.
    public init(
        settings: Settings, environment: [String: String], plugins: [any Plugin] = [], transport: any HTTPTransport,
        logger: Logger, metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) {
        self.settings = settings
        self.environment = environment
        self.plugins = plugins
        self.transport = transport
        self.logger = logger
        self.metrics = metrics
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
        let client = client
        return Dispatcher(
            ports: Dispatcher.Ports(
                registry: try registry(), reader: AWSResourceReader(client: client),
                writer: AWSTagWriter(client: client),
                ledger: ledger, caller: STSCallerIdentity(client: client, region: region),
                logger: logger, metrics: metrics),
            options: settings.dispatcher)
    }

    /// What opens deliveries and fetches the log files that they name.
    public func deliveryReader() -> DeliveryReader {
        DeliveryReader(logFiles: S3LogFiles(client: client, region: region))
    }

    private var client: AWSClient {
        AWSClient(configuration: clientConfiguration, transport: transport, environment: environment)
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
