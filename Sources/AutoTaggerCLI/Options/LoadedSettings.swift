import AutoTagger
import Composition
import Configuration
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

    init(_ options: GlobalOptions, in context: CommandContext) throws {
        let resolved = try options.resolved(in: context.environment)
        let file = resolved.config ?? (FileManager.default.fileExists(atPath: Self.usualFile) ? Self.usualFile : nil)
        var settings = try file.map(SettingsFile.load) ?? .defaults
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

    /// The parts of a running AutoTagger, over these settings.
    var assembly: Assembly {
        Assembly(
            settings: settings, environment: context.environment, plugins: context.plugins,
            transport: context.transport(context.environment), logger: logger)
    }
}

extension ConfigurationError {
    /// The settings are wrong, all of them named.
    var failure: CommandFailure {
        CommandFailure(code: "configuration", message: description, exitCode: .configuration)
    }
}
