public import CloudTrail
public import Foundation

/// Takes CloudTrail events out of a delivery, those in log files that it only names included.
///
/// A file that cannot be read costs its own message alone. One that is gone for good comes out as
/// ``EnvelopeError/Code/logFileGone``, which is to be acknowledged: no redelivery can bring its events back, and a message that
/// can never succeed would only hide the others in the dead-letter queue.
public struct DeliveryReader: Sendable {
    private let logFiles: (any LogFileSource)?
    private let fetches: Turnstile

    /// A reader that fetches from `logFiles`; without them a notification stays a rejection.
    ///
    /// A file takes memory while it is fetched and unpacked, so that `fetchesAtOnce` bounds them, whoever asks.
    public init(logFiles: (any LogFileSource)?, fetchesAtOnce: Int = 4) {
        self.logFiles = logFiles
        fetches = Turnstile(fetchesAtOnce)
    }

    /// Opens a delivery and fetches every log file that it names, one after another.
    ///
    /// - Throws: ``EnvelopeError`` when the delivery as a whole cannot be read.
    public func open(_ body: Data) async throws(EnvelopeError) -> [Envelope.Item] {
        var items: [Envelope.Item] = []
        for item in try Envelope.open(body) { items += await expand(item) }
        return items
    }

    /// What an item holds: itself, or the events of the log file that it names, under the same message.
    ///
    /// Apart from ``open(_:)`` for callers who have to end in time and fetch no file that they cannot get to.
    public func expand(_ item: Envelope.Item) async -> [Envelope.Item] {
        guard let file = item.logFile, let logFiles else { return [item] }
        do throws(EnvelopeError) {
            let found = try await fetches.pass { () async throws(EnvelopeError) in
                try Envelope.open(try await logFiles.contents(of: file), messageID: item.messageID)
            }
            // A file of events names no other file; one that does is not CloudTrail's.
            return found.map { inner in
                guard inner.logFile != nil else { return inner }
                let error = EnvelopeError(.notCloudTrail, "\(file.description) holds notices instead of events")
                return Envelope.Item(messageID: item.messageID, content: .failure(error))
            }
        } catch {
            return [Envelope.Item(messageID: item.messageID, content: .failure(Self.naming(file, error)))]
        }
    }

    private static func naming(_ file: LogFileNotice, _ error: EnvelopeError) -> EnvelopeError {
        error.message.hasPrefix(file.description)
            ? error : EnvelopeError(error.code, "\(file.description): \(error.message)")
    }
}
