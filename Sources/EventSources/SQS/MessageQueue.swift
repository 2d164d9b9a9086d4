public import AWSClient

/// The port to a queue that hands messages out for a while and forgets them only when it is told to.
public protocol MessageQueue: Sendable {
    /// What the queue is called in logs and metrics.
    var name: String { get }

    /// Waits for messages, up to `maximum` of them, and hides them from others for `invisibility`; none is an answer too.
    func receive(upTo maximum: Int, waiting: Duration, invisibleFor invisibility: Duration) async throws(AWSError)
        -> [QueueMessage]

    /// Forgets messages; answers for each of those that it did not forget why.
    ///
    /// - Throws: ``AWSClient/AWSError`` when nothing is known of any.
    func delete(_ messages: [QueueMessage]) async throws(AWSError) -> [QueueMessage: AWSError]

    /// Hides each message from now on for a while; zero shows it to everybody at once. Answers as ``delete(_:)`` does.
    func hide(_ messages: [HiddenMessage]) async throws(AWSError) -> [QueueMessage: AWSError]

    /// How the queue is set up.
    func setup() async throws(AWSError) -> QueueSetup
}

/// A message, and for how long it shall stay hidden.
public struct HiddenMessage: Sendable, Hashable {
    /// The message.
    public let message: QueueMessage
    /// From now on.
    public let time: Duration

    /// A message to hide for a while.
    public init(_ message: QueueMessage, for time: Duration) {
        self.message = message
        self.time = time
    }
}

/// What a queue's owner decided about it.
public struct QueueSetup: Sendable, Hashable {
    /// After how many times SQS moves a message to the dead-letter queue; `nil` where there is none.
    public let maximumReceives: Int?

    /// A set-up with a dead-letter queue, or without one.
    public init(maximumReceives: Int?) {
        self.maximumReceives = maximumReceives
    }
}
