public import Logging

/// How a program logs: to standard error, as text for people or as one JSON object a line for machines.
public enum LogOutput {
    /// A logger of that level and form; `levelName` is what JSON calls a level.
    public static func logger(
        label: String, level: Logger.Level, asJSON: Bool,
        levelName: @escaping @Sendable (Logger.Level) -> String = { $0.rawValue.uppercased() }
    ) -> Logger {
        var logger = Logger(label: label) { label -> any LogHandler in
            LineLogHandler(label: label, form: asJSON ? .json(levelName: levelName) : .text)
        }
        logger.logLevel = level
        return logger
    }
}
