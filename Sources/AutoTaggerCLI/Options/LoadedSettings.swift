import AutoTagger
import Composition
import Configuration
import CoreMetrics
import CurlHTTP
import Foundation
import Logging

/// The options, the environment and the settings' file put together: the command line's word counts most.
struct LoadedSettings {
    /// What everything together says.
    let settings: Settings
    /// Where the ledger is.
    let ledger: LedgerLocation
    let logger: Logger
    private let context: CommandContext

    /// The file that is read when nobody names one.
    private static let usualFile = "config/autotagger.yaml"

    /// The file that was read, or the variable that held the settings; `nil` for the defaults.
    let file: String?

    /// - Parameter readsFile: whether the settings' file is read at all; without it every setting has its default.
    init(_ options: GlobalOptions, in context: CommandContext, readsFile: Bool = true) throws {
        let resolved = try options.resolved(in: context.environment)
        let found =
            readsFile ? try Self.fromFile(resolved.config, context.environment) : (settings: .defaults, origin: nil)
        file = found.origin
        var settings = found.settings
        settings.aws.region = resolved.region ?? settings.aws.region
        settings.aws.profile = resolved.profile ?? settings.aws.profile
        settings.aws.endpointURL = resolved.endpointURL ?? settings.aws.endpointURL
        settings.handlersFolder = resolved.handlers ?? settings.handlersFolder
        self.settings = settings
        self.context = context
        ledger = resolved.ledger ?? settings.ledger ?? .usual(in: context.environment)
        let level = resolved.logLevel?.rawValue ?? settings.logLevel ?? "notice"
        logger = LogOutput.logger(
            label: "autotagger", level: Logger.Level(rawValue: level) ?? .notice,
            asJSON: (resolved.logFormat?.rawValue ?? settings.logFormat) == "json")
    }

    /// The file that somebody named, the environment's own text, the file that is there without a word, or the defaults.
    private static func fromFile(_ named: String?, _ environment: [String: String]) throws(ConfigurationError)
        -> (settings: Settings, origin: String?)
    {
        if let named { return (try SettingsFile.load(named), named) }
        if let inline = try SettingsFile.inline(in: environment) { return (inline, "AUTOTAGGER_SETTINGS") }
        guard FileManager.default.fileExists(atPath: usualFile) else { return (.defaults, nil) }
        return (try SettingsFile.load(usualFile), usualFile)
    }

    /// The parts of a running AutoTagger, over these settings.
    var assembly: Assembly { assembly(metrics: NOOPMetricsHandler.instance) }

    /// The same, with what they count.
    func assembly(metrics: any MetricsFactory) -> Assembly {
        Assembly(
            settings: settings, environment: context.environment, plugins: context.plugins,
            transport: context.transport(context.environment), logger: logger, metrics: metrics)
    }
}

extension ConfigurationError {
    /// The settings are wrong, all of them named.
    var failure: CommandFailure {
        CommandFailure(code: "configuration", message: description, exitCode: .configuration)
    }
}
