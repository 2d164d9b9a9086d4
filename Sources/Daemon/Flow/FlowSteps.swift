internal import AWSClient
internal import EventSources

/// What happened, as far as messages are concerned.
enum FlowEvent: Sendable {
    case started
    /// A receiver's question was answered; with nothing, too, after the long poll's time.
    case received(Receiver, [QueueMessage])
    case receiveFailed(Receiver, AWSError)
    /// A receiver has paused for as long as it was told.
    case rested(Receiver)
    /// A group was worked on; its messages' fates, in order. `isOutage`: AWS or the ledger could not be reached, or let nobody in.
    case worked(group: Int, [MessageFate], isOutage: Bool)
    /// Messages were deleted, but for the failed ones.
    case deleted([HeldMessage], failed: Set<HeldMessage>)
    /// Messages are hidden as was wanted, but for the failed ones; `lost` are no longer ours to hide.
    case hidden([HeldMessage], Purpose, failed: Set<HeldMessage>, lost: Set<HeldMessage>)
    /// Time to look at the heartbeats.
    case tick
    /// The process was told to end.
    case stop
    /// The time for ending work in peace is over.
    case graceOver
    /// The process has to end now.
    case deadline
}

/// What to do next.
enum FlowAction: Sendable {
    /// Ask the queue.
    case receive(Receiver, maximum: Int)
    /// Pause, and say so afterwards.
    case rest(Receiver, Duration)
    case work(group: Int, [HeldMessage])
    /// At most ten messages of one queue.
    case delete([HeldMessage])
    /// At most ten messages of one queue, each for its own time.
    case hide([HeldMessage], [Duration], Purpose)
    /// Let so much time pass and hand the event back.
    case wait(Duration, then: FlowEvent)
    /// Stop asking the queues, also in the middle of a question.
    case endReceives
    /// Stop working, in the middle of it.
    case interruptWork
    /// Everything is done or given back.
    case finish
}

/// Why a message is hidden.
enum Purpose: String, Sendable, Hashable {
    /// It is still being worked on.
    case heartbeat = "extended"
    /// It is to be tried again later.
    case postponement = "deferred"
    /// It is given back at once.
    case release = "released"
}
