public import AutoTagger
public import Foundation

/// The port that looks at queues.
public protocol QueueReader: Sendable {
    /// A queue by its URL; `nil` when there is none.
    func queue(at url: String, in region: String) async throws(Failure) -> QueueFacts?

    /// The URL of a queue by its ARN; `nil` when there is none.
    func url(of queueARN: ARNParts) async throws(Failure) -> String?

    /// How old the oldest message was in the last quarter of an hour, in seconds; `nil` when nothing was measured.
    func ageOfOldestMessage(in queue: QueueFacts, now: Date) async throws(Failure) -> Double?
}

/// A queue as `GetQueueAttributes` tells of it; the numbers are approximate, as AWS calls them.
public struct QueueFacts: Sendable, Hashable {
    /// Its URL.
    public var url: String
    /// Its ARN.
    public var arn: String
    /// How many messages wait.
    public var waiting: Int
    /// How many are being worked on.
    public var inFlight: Int
    /// How many are put off.
    public var delayed: Int
    /// For how many seconds a taken message is hidden.
    public var visibilityTimeout: Int
    /// Where messages go that nobody could work on.
    public var deadLetterARN: String?
    /// After how many deliveries.
    public var maximumReceives: Int?
    /// Who may do what with it, as JSON.
    public var policy: String?
    /// The KMS key that encrypts it, by id, ARN or alias.
    public var kmsKey: String?

    /// A queue with its facts.
    public init(
        url: String, arn: String, waiting: Int = 0, inFlight: Int = 0, delayed: Int = 0, visibilityTimeout: Int = 30,
        deadLetterARN: String? = nil, maximumReceives: Int? = nil, policy: String? = nil, kmsKey: String? = nil
    ) {
        self.url = url
        self.arn = arn
        self.waiting = waiting
        self.inFlight = inFlight
        self.delayed = delayed
        self.visibilityTimeout = visibilityTimeout
        self.deadLetterARN = deadLetterARN
        self.maximumReceives = maximumReceives
        self.policy = policy
        self.kmsKey = kmsKey
    }

    /// Its name.
    var name: String { ARNParts(arn)?.resource ?? url }
}
