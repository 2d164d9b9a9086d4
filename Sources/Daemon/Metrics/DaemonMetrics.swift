internal import AWSClient
internal import CoreMetrics
internal import EventSources

/// What the daemon counts besides the dispatcher: messages, questions to the queues, heartbeats.
///
/// The labels are the names of the configured queues and words of ours, so there are few of them for ever.
struct DaemonMetrics: Sendable {
    /// What may become of a message.
    enum MessageOutcome: String, CaseIterable {
        case received, deleted, deferred, released
        /// No CloudTrail event in it.
        case poison
        /// Its events were given up.
        case dead
        /// The queue said while it was held here that it is no longer ours.
        case lost
        /// It is done, and the queue did not delete it.
        case undeleted
    }

    private let queues: [String]
    private let factory: any MetricsFactory

    init(queues: [String], factory: any MetricsFactory) {
        self.queues = queues
        self.factory = factory
        // A counter that is not there cannot be told from one that is nought, and an alarm on it never rings.
        for queue in queues {
            for outcome in MessageOutcome.allCases { messages(outcome, queue: queue).increment(by: 0) }
        }
    }

    func count(_ outcome: MessageOutcome, _ number: Int = 1, queue: Int) {
        guard number > 0 else { return }
        messages(outcome, queue: queues[queue]).increment(by: number)
    }

    func countReceiveError(_ error: AWSError, queue: Int) {
        counter("autotagger_receive_errors_total", [("queue", queues[queue]), ("kind", error.kind.rawValue)])
            .increment()
    }

    func countHeartbeats(_ number: Int, failed: Int, queue: Int) {
        for (result, number) in [("extended", number - failed), ("failed", failed)] where number > 0 {
            counter("autotagger_heartbeats_total", [("queue", queues[queue]), ("result", result)])
                .increment(by: number)
        }
    }

    /// What is only known at the instant when somebody asks; the age in seconds.
    func record(inFlight: Int, oldestAge: Double) {
        Gauge(label: "autotagger_messages_in_flight", dimensions: [], factory: factory).record(Int64(inFlight))
        Gauge(label: "autotagger_oldest_message_age_seconds", dimensions: [], factory: factory).record(oldestAge)
    }

    private func messages(_ outcome: MessageOutcome, queue: String) -> Counter {
        counter("autotagger_messages_total", [("queue", queue), ("outcome", outcome.rawValue)])
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> Counter {
        Counter(label: label, dimensions: dimensions, factory: factory)
    }
}
