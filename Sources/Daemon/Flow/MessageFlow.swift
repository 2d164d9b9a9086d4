internal import AWSClient
internal import EventSources

/// Where every message is between being received and being deleted: takes what happened, answers what to do next.
///
/// It waits for nothing, calls nobody and reads no clock: instants are handed in, counted from any beginning, so that
/// hours of deliveries, outages and ends are played in a test in no time.
struct MessageFlow: Sendable {
    /// A held message and how it stands.
    struct Holding: Sendable {
        enum Stage: Sendable, Hashable {
            case waiting
            case working
            /// It is done, and its deletion is under way.
            case deleting
            /// It is done, and its deletion failed.
            case undeleted
            /// It is put off or given back: the queue is being told when to hand it out.
            case leaving
        }

        let held: HeldMessage
        var stage: Stage
        /// Until when the queue hides it from others, as far as is known.
        var hiddenUntil: Duration
        var deletions = 0
        /// The queue said that it is no longer ours: others may have it already.
        var isLost = false
    }

    let limits: FlowLimits
    let queues: Int
    let random: @Sendable () -> Double
    var holdings: [Int: Holding] = [:]
    var waiting: [Int] = []
    var groups: [Int: [Int]] = [:]
    var lastID = 0
    var lastGroup = 0

    /// Receivers with a question under way, and how many messages each may bring.
    var asking: [Receiver: Int] = [:]
    /// Receivers that wait for room.
    var parked: [Receiver] = []
    /// Receivers that sleep because their queue has nothing.
    var asleep: Set<Receiver> = []
    var queueBackoff: [Backoff]
    var outage = Backoff(first: .seconds(2))
    /// Until when nothing is received, because AWS cannot be reached.
    var pausedUntil = Duration.zero
    var isStopping = false
    private var isFinished = false

    init(queues: Int, limits: FlowLimits, random: @escaping @Sendable () -> Double) {
        self.queues = queues
        self.limits = limits
        self.random = random
        queueBackoff = .init(repeating: Backoff(), count: queues)
    }

    /// Takes an event and answers what follows from it.
    mutating func handle(_ event: FlowEvent, at now: Duration) -> [FlowAction] {
        guard !isFinished else { return [] }
        var actions: [FlowAction] = []
        switch event {
        case .started:
            for queue in 0..<queues {
                for number in 0..<limits.receivers { actions += ask(Receiver(queue: queue, number: number), now) }
            }
            actions.append(.wait(limits.beat, then: .tick))
        case .received(let receiver, let messages): actions += take(messages, receiver, now)
        case .receiveFailed(let receiver, _):
            asking[receiver] = nil
            if !isStopping { actions.append(.rest(receiver, queueBackoff[receiver.queue].fail(random: random()))) }
        case .rested(let receiver): actions += ask(receiver, now)
        case .worked(let group, let fates, let isOutage):
            actions += conclude(group, fates, now)
            noteOutage(isOutage, fates, now)
        case .deleted(let messages, let failed):
            for held in messages where !(failed.contains(held) && mayDeleteAgain(held)) { holdings[held.id] = nil }
        case .hidden(let messages, let purpose, let failed, let lost):
            settle(messages, purpose, failed: failed, lost: lost, now)
        case .tick: actions += beat(now)
        case .stop: actions += stop()
        case .graceOver: actions.append(.interruptWork)
        case .deadline: return finish()
        }
        actions += startGroups()
        actions += unpark(now)
        if isStopping, holdings.isEmpty, asking.isEmpty { actions += finish() }
        return actions
    }

    private mutating func stop() -> [FlowAction] {
        guard !isStopping else { return [] }
        isStopping = true
        let unbegun = waiting.compactMap { holdings[$0]?.held }
        for held in unbegun { holdings[held.id]?.stage = .leaving }
        (waiting, parked, asleep) = ([], [], [])
        return [.endReceives] + release(unbegun) + deleteAgain()
            + [.wait(limits.grace, then: .graceOver), .wait(limits.deadline, then: .deadline)]
    }

    private mutating func finish() -> [FlowAction] {
        isFinished = true
        return [.finish]
    }
}
