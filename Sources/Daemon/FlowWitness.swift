internal import AWSClient
internal import EventSources
internal import Locking
internal import Logging

/// Sees every event of the message flow and tells metrics, log and health of it.
struct FlowWitness: Sendable {
    let queues: [String]
    let status: Locked<DaemonStatus>
    let metrics: DaemonMetrics
    let journal: WorkJournal
    let logger: Logger

    func saw(_ event: FlowEvent) {
        switch event {
        case .received(let receiver, let messages):
            metrics.count(.received, messages.count, queue: receiver.queue)
            answered(receiver.queue)
        case .receiveFailed(let receiver, let error): failed(receiver.queue, error)
        case .deleted(let messages, let failed):
            guard let queue = messages.first?.queue else { return }
            metrics.count(.deleted, messages.count - failed.count, queue: queue)
            metrics.count(.undeleted, failed.count, queue: queue)
        case .hidden(let messages, let purpose, let failed, let lost):
            guard let queue = messages.first?.queue else { return }
            switch purpose {
            case .heartbeat: metrics.countHeartbeats(messages.count, failed: failed.count, queue: queue)
            case .postponement: metrics.count(.deferred, messages.count - failed.count, queue: queue)
            case .release: metrics.count(.released, messages.count - failed.count, queue: queue)
            }
            metrics.count(.lost, lost.count, queue: queue)
        case .stop:
            logger.notice("told to end: no more messages are received, what is under work is finished or given back")
        case .graceOver: logger.notice("work is cut short; its messages are given back")
        case .deadline: logger.warning("not everything could be given back in time; it comes again by itself")
        case .started, .rested, .worked, .tick: break
        }
    }

    /// Says that a call to a queue failed, the same failure once a minute.
    func complain(_ message: Logger.Message, _ error: AWSError, queue: Int) {
        journal.complain(message, error.code) { ["queue": "\(queues[queue])", "error": "\(error.description)"] }
    }

    private func answered(_ queue: Int) {
        let wasDown = status.withLock { status in
            let wasDown = status.queues[queue].error != nil
            status.queues[queue].hasAnswered = true
            status.queues[queue].error = nil
            return wasDown
        }
        if wasDown { logger.notice("the queue answers again", metadata: ["queue": "\(queues[queue])"]) }
    }

    private func failed(_ queue: Int, _ error: AWSError) {
        // A question that was taken back at the end is no failure.
        guard error.kind != .cancelled else { return }
        metrics.countReceiveError(error, queue: queue)
        // The code alone: the message may name accounts and callers, and anybody may ask for the health.
        status.withLock { $0.queues[queue].error = "\(error.code) (the log has the rest)" }
        complain("no messages can be received", error, queue: queue)
    }
}
