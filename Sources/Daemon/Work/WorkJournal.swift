internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Locking
internal import Logging

/// Tells the log and the metrics what became of messages.
final class WorkJournal: Sendable {
    private let logger: Logger
    private let metrics: DaemonMetrics
    private let elapsed: @Sendable () -> Duration
    private let damper = Locked(LogDamper())

    init(logger: Logger, metrics: DaemonMetrics, elapsed: @escaping @Sendable () -> Duration) {
        self.logger = logger
        self.metrics = metrics
        self.elapsed = elapsed
    }

    /// Says what became of a message's events, and why it is kept where it is.
    func note(_ message: OpenedMessage, _ reports: [EventReport], _ fate: MessageFate) {
        for rejection in message.rejections {
            let metadata: Logger.Metadata = [
                "messageID": "\(message.held.message.id)", "code": "\(rejection.code.rawValue)",
                "reason": "\(rejection.message)", "receiveCount": "\(message.held.message.receiveCount)",
            ]
            if rejection.code.isNothingToDo {
                logger.notice("a message holds no events", metadata: metadata)
            } else {
                complain("a message cannot be read as CloudTrail events", rejection.code.rawValue) { metadata }
            }
        }
        for report in reports { note(report) }
        if fate == .left {
            metrics.count(message.rejections.isEmpty ? .dead : .poison, queue: message.held.queue)
        }
    }

    private func note(_ report: EventReport) {
        guard !report.outcome.isDone else {
            return logger.log(
                level: report.isQuiet ? .debug : .info, "event processed", metadata: report.logMetadata)
        }
        // Another process at the same event, or a resource that is not there yet, is how things go.
        guard report.outcome == .failed else {
            return logger.info("event put off", metadata: report.logMetadata)
        }
        complain("event failed", report.cause?.code ?? "unknown") { report.logMetadata }
    }

    /// Says something at the level of errors, the same thing once a minute.
    func complain(_ message: Logger.Message, _ code: String, _ metadata: () -> Logger.Metadata) {
        guard let unsaid = damper.withLock({ $0.speak(of: "\(message)/\(code)", at: elapsed()) }) else { return }
        var metadata = metadata()
        if unsaid > 0 { metadata["alsoSinceTheLastLine"] = "\(unsaid)" }
        logger.error(message, metadata: metadata)
    }
}
