private import Foundation
private import JSON
public import Logging

/// How a program logs: to standard error, as text for people or as one JSON object a line for machines.
public enum LogOutput {
    /// A logger of that level and form; `levelName` is what JSON calls a level.
    public static func logger(
        label: String, level: Logger.Level, asJSON: Bool,
        levelName: @escaping @Sendable (Logger.Level) -> String = { $0.rawValue.uppercased() }
    ) -> Logger {
        var logger = Logger(label: label) { label -> any LogHandler in
            if asJSON { return JSONLogHandler(label: label, levelName: levelName) }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = level
        return logger
    }
}

/// Writes one JSON object a line, through an encoder: no text from outside can break out of its field.
struct JSONLogHandler: LogHandler {
    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    let label: String
    let levelName: @Sendable (Logger.Level) -> String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, levelName: @escaping @Sendable (Logger.Level) -> String) {
        self.label = label
        self.levelName = levelName
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields: [String: JSONValue] = [:]
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all { fields[key] = .string("\(value)") }
        fields["timestamp"] = .string(Date().formatted(Self.time))
        fields["level"] = .string(levelName(event.level))
        fields["logger"] = .string(label)
        fields["message"] = .string("\(event.message)")
        FileHandle.standardError.write(Data((JSONValue.object(fields).compactText + "\n").utf8))
    }
}
