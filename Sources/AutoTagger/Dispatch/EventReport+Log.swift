package import Logging

extension EventReport {
    /// Whether it says only that the event makes nothing, or nothing that anybody waits for.
    ///
    /// Nearly all events of a trail are such: a line for each would bury those that concern tags.
    package var isQuiet: Bool { outcome == .skipped && (reason == .noHandler || reason == .readOnly) }

    /// The fields of a line of the log about it.
    package var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "eventID": "\(eventID)", "event": "\(eventSource)/\(eventName)", "outcome": "\(outcome.rawValue)",
        ]
        if let reason { metadata["reason"] = "\(reason.rawValue)" }
        if let identity { metadata["creator"] = "\(identity.name)" }
        if let cause { metadata["error"] = "\(cause.code): \(cause.message)" }
        if let notes { metadata["notes"] = "\(notes.joined(separator: "; "))" }
        return metadata
    }
}
