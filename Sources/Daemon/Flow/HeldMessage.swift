internal import EventSources

/// A message that this process holds, from the queue's handing it out until it is deleted or given back.
struct HeldMessage: Sendable, Hashable {
    /// A number of our own: after a lost heartbeat the same message may be held twice for a while.
    let id: Int
    /// Which queue it came from.
    let queue: Int
    /// The message.
    let message: QueueMessage
}

/// One of the loops that ask a queue for messages.
struct Receiver: Sendable, Hashable {
    /// Which queue it asks.
    let queue: Int
    /// Its number among the queue's; the first one never sleeps.
    let number: Int
}

/// What shall become of a message, once it is known what became of its events.
enum MessageFate: Sendable, Hashable {
    /// Everything in it is done: delete it.
    case done
    /// Something in it is to be tried again that much later: the queue shall hand it out then.
    case again(after: Duration)
    /// Nothing will help but a person: it is left alone, so that the queue's redrive policy takes it to the dead-letter queue.
    case left
    /// The work was cut short: the queue shall hand it out at once, to somebody else.
    case interrupted
}
