internal import AWSClient
private import AWSTagging
public import AutoTagger
private import BuiltinPlugins
public import Configuration
public import CoreMetrics
public import CurlHTTP
private import DynamoDBLedger
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
    let logger: Logger
    private let metrics: any MetricsFactory
    /// One for all parts, so that credentials are looked for once and each operation keeps one pace.
    let client: AWSClient

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
        client = AWSClient(
            configuration: Self.clientConfiguration(settings), transport: transport, environment: environment,
            logger: logger)
    }

    /// The transport's own thread, for work that mostly waits for responses; `nil` where the transport has none.
    public var executor: (any TaskExecutor)? { transport as? any TaskExecutor }

    /// Whether this process can do nothing more with AWS, since its credentials have ended and nothing renews them.
    public var credentialsAreSpent: Bool { client.credentialsAreSpent }

    /// All handlers: built in, compiled in, and the user's own files.
    ///
    /// - Throws: ``ConfigurationError`` with every mistake in the user's files.
    public func registry() throws(ConfigurationError) -> HandlerRegistry {
        let declared =
            try settings.handlersFolder.map { folder throws(ConfigurationError) in try HandlerFolder.load(folder) }
            ?? []
        return try HandlerRegistry(catalogue: BuiltinCatalogue(), plugins: plugins, declared: declared)
    }

    /// The ledger at a location, with warnings about where it cannot serve already logged.
    ///
    /// - Throws: ``LedgerError`` when the location cannot be used. A table is asked for nothing yet.
    public func ledger(at location: LedgerLocation, now: Date) throws(LedgerError) -> any Ledger {
        switch location {
        case .file(let path):
            let ledger = try SQLiteLedger(path: path, now: now)
            for warning in ledger.warnings { logger.warning("\(warning)") }
            if environment["AWS_LAMBDA_FUNCTION_NAME"] != nil { logger.warning("\(Self.lonelyLedger(path))") }
            return ledger
        case .table(let name, let region): return try table(name, region)
        }
    }

    /// The ledger at a location for questions only: a file that is not there is not made.
    ///
    /// - Throws: ``LedgerError`` when there is none, or it cannot be read.
    public func history(at location: LedgerLocation) throws(LedgerError) -> any LedgerHistory {
        switch location {
        case .file(let path): try SQLiteLedger(reading: path)
        case .table(let name, let region): try table(name, region)
        }
    }

    private func table(_ name: String, _ named: String?) throws(LedgerError) -> DynamoDBLedger {
        guard let region = named ?? chosenRegion else {
            throw LedgerError(
                code: "noRegion",
                message: "the region of the table \(name) is not known: name it with dynamodb://\(name)?region=REGION, "
                    + "--region or AWS_REGION"
            )
        }
        return DynamoDBLedger(
            table: name, region: region, client: client,
            retention: Double(settings.ledgerRetention.components.seconds))
    }

    /// What a file means where each execution environment has a disk of its own.
    private static func lonelyLedger(_ path: String) -> String {
        "the ledger \(path) belongs to this execution environment alone and ends with it: with more than one at a time "
            + "an event may be worked on twice, which writes no tag twice, but 'autotagger ledger' can be asked of none of "
            + "them; name a table that all share (AUTOTAGGER_LEDGER=dynamodb://TABLE), or keep the function's reserved "
            + "concurrency at 1"
    }

    /// The whole way of an event, over a ledger.
    ///
    /// - Throws: ``ConfigurationError`` as ``registry()`` does.
    public func dispatcher(ledger: any Ledger) throws(ConfigurationError) -> Dispatcher {
        Dispatcher(
            ports: Dispatcher.Ports(
                registry: try registry(), reader: AWSResourceReader(client: client),
                writer: AWSTagWriter(client: client, route: settings.taggingRoute),
                ledger: ledger, caller: STSCallerIdentity(client: client, region: region),
                logger: logger, metrics: metrics),
            options: settings.dispatcher)
    }

    /// What opens deliveries and fetches the log files that they name.
    public func deliveryReader() -> DeliveryReader {
        DeliveryReader(logFiles: S3LogFiles(client: client, region: region))
    }

    /// The region for calls that no event places; where nobody named one, the oldest one knows every account of its cloud.
    var region: String { chosenRegion ?? "us-east-1" }

    private var chosenRegion: String? {
        let twins = EnvironmentTwins(environment)
        return settings.aws.region ?? twins.foreign("AWS_REGION") ?? twins.foreign("AWS_DEFAULT_REGION")
    }

    static func clientConfiguration(_ settings: Settings) -> AWSConfiguration {
        var configuration = AWSConfiguration(profile: settings.aws.profile, endpointURL: settings.aws.endpointURL)
        configuration.accountRole = settings.aws.accountRole.map {
            AccountRole(template: $0, externalID: settings.aws.externalID)
        }
        return configuration
    }
}
