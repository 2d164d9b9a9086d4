private import CloudTrail
internal import Foundation
private import JSON
internal import Logging

/// Writes one line for each thing that is logged; no text from outside can break out of its field.
///
/// The library's own handler takes metadata apart and asks for the local time at each line, which was as much as a fortieth of an
/// event's processor time, and lets a line end in a value begin a line of its own.
struct LineLogHandler: LogHandler {
    /// What a line looks like.
    enum Form: Sendable {
        /// `2023-08-03T04:36:27Z info autotagger: event processed outcome=tagged`.
        case text
        /// An object, in which levels are called so.
        case json(levelName: @Sendable (Logger.Level) -> String)
    }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    let label: String
    let form: Form
    let now: @Sendable () -> Date
    /// Takes the finished line, its end included.
    let write: @Sendable (String) -> Void
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(
        label: String, form: Form, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = LineLogHandler.toStandardError
    ) {
        self.label = label
        self.form = form
        self.now = now
        self.write = write
    }

    /// A log that nobody can read any more must not end the program; there is nowhere else to say so.
    private static let toStandardError: @Sendable (String) -> Void = { line in
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let own = event.metadata { fields.merge(own) { $1 } }
        switch form {
        case .text: write(text(event, fields, at: now()))
        case .json(let levelName): write(json(event, fields, levelName, at: now()))
        }
    }

    private func text(_ event: LogEvent, _ fields: Logger.Metadata, at now: Date) -> String {
        var line = EventTime.text(now)
        line.reserveCapacity(256)
        line += " "
        line += event.level.rawValue
        line += " "
        line += label
        line += ": "
        line += Self.inLine(event.message.description)
        for key in fields.keys.sorted() {
            line += " "
            line += key
            line += "="
            line += fields[key].map { Self.inLine($0.description) } ?? ""
        }
        line += "\n"
        return line
    }

    private func json(
        _ event: LogEvent, _ fields: Logger.Metadata, _ levelName: (Logger.Level) -> String, at now: Date
    ) -> String {
        var members = fields.mapValues { JSONValue.string($0.description) }
        members["timestamp"] = .string(now.formatted(Self.time))
        members["level"] = .string(levelName(event.level))
        members["logger"] = .string(label)
        members["message"] = .string(event.message.description)
        return JSONValue.object(members).compactText + "\n"
    }

    /// A text in which no line ends: one that would is quoted.
    private static func inLine(_ text: String) -> String {
        text.utf8.allSatisfy { $0 >= 0x20 } ? text : JSONValue.string(text).compactText
    }
}
