private import Composition
private import Configuration
private import Foundation
internal import Logging

/// The function's log in Lambda's own terms.
///
/// See "Configuring JSON and plain text log formats" in the Lambda developer guide: the fields `timestamp`, `level`, `message`
/// and `requestId`, and the levels TRACE, DEBUG, INFO, WARN, ERROR and FATAL.
enum LambdaLog {
    /// A logger of the form and level that the function's logging configuration names; our own variable goes first.
    static func logger(_ environment: [String: String]) -> Logger {
        LogOutput.logger(
            label: "autotagger-lambda", level: level(environment), asJSON: isJSON(environment), levelName: name)
    }

    static func isJSON(_ environment: [String: String]) -> Bool {
        let twins = EnvironmentTwins(environment)
        return (twins["LOG_FORMAT"] ?? twins.foreign("AWS_LAMBDA_LOG_FORMAT"))?.uppercased() == "JSON"
    }

    static func level(_ environment: [String: String]) -> Logger.Level {
        let twins = EnvironmentTwins(environment)
        let text = twins["LOG_LEVEL"] ?? twins.foreign("AWS_LAMBDA_LOG_LEVEL") ?? "info"
        return switch text.lowercased() {
        case "warn": .warning
        case "fatal": .critical
        case let word: Logger.Level(rawValue: word) ?? .info
        }
    }

    /// Lambda knows six levels, and files a line with another word under none.
    static func name(_ level: Logger.Level) -> String {
        switch level {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARN"
        case .error: "ERROR"
        case .critical: "FATAL"
        }
    }

    /// Writes documents as lines of their own, where CloudWatch looks for embedded metrics: on standard output.
    static func write(_ documents: [String]) {
        guard !documents.isEmpty else { return }
        FileHandle.standardOutput.write(Data(documents.map { $0 + "\n" }.joined().utf8))
    }
}
