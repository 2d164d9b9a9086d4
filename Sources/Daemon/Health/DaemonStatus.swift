internal import AWSClient
internal import Foundation

/// How the daemon stands at an instant, for those who ask from outside.
struct DaemonStatus: Sendable {
    /// A queue, as far as can be told by asking it.
    struct Queue: Sendable {
        let name: String
        /// Whether it ever answered.
        var hasAnswered = false
        /// Why its last answer was none.
        var error: String?
    }

    var queues: [Queue]
    /// Messages held.
    var inFlight = 0
    /// When the oldest of them was sent.
    var oldestSentAt: Date?
    var isStopping = false
    /// When the message flow last moved; it does with every heartbeat, work or none.
    var lastMove = Duration.zero

    init(queues: [String]) { self.queues = queues.map { Queue(name: $0) } }

    /// Why no work should be expected of this process now; nothing when it is ready.
    var obstacles: [String] {
        if isStopping { return ["ending: what is under work is finished or given back"] }
        return queues.compactMap { queue in
            if let error = queue.error { return "queue \(queue.name): \(error)" }
            return queue.hasAnswered ? nil : "queue \(queue.name): not asked yet"
        }
    }

    /// Whether the process still moves: it does nothing at all only when something in it hangs.
    func isAlive(at now: Duration, beat: Duration) -> Bool { now - lastMove <= max(beat * 4, .seconds(60)) }
}
