internal import Configuration
internal import Foundation

/// The settings of a Lambda function: the same file and the same environment names as the command line's.
enum LambdaSettings {
    /// The file that `AUTOTAGGER_CONFIG` names, the text in `AUTOTAGGER_SETTINGS`, the file in the deployment package, or the
    /// defaults.
    static func load(_ environment: [String: String]) throws -> Settings {
        let twins = EnvironmentTwins(environment)
        let root = twins.foreign("LAMBDA_TASK_ROOT") ?? "."
        let packaged = root + "/config/autotagger.yaml"
        var settings = Settings.defaults
        if let named = twins["CONFIG"] {
            settings = try SettingsFile.load(named.hasPrefix("/") ? named : root + "/" + named)
        } else if let inline = try SettingsFile.inline(in: environment) {
            settings = inline
        } else if FileManager.default.fileExists(atPath: packaged) {
            settings = try SettingsFile.load(packaged)
        }
        settings.aws.region = twins["REGION"] ?? settings.aws.region ?? twins.foreign("AWS_REGION")
        settings.aws.endpointURL = twins["ENDPOINT_URL"] ?? settings.aws.endpointURL
        settings.handlersFolder = twins["HANDLERS"] ?? settings.handlersFolder
        return settings
    }

    /// Lambda lets a function write in `/tmp` only; what stands there lasts as long as the execution environment.
    static func ledger(_ settings: Settings, _ environment: [String: String]) throws -> LedgerLocation {
        if let named = EnvironmentTwins(environment)["LEDGER"] { return try LedgerLocation(named) }
        return settings.ledger ?? .file(path: "/tmp/autotagger/autotagger.sqlite")
    }
}
