public import Foundation

/// One message as a queue handed it out.
public struct QueueMessage: Sendable, Hashable {
    /// The message's id; a redrive from a dead-letter queue changes it.
    public let id: String
    /// What deleting it or hiding it longer asks for; a new one each time it is handed out.
    public let receipt: String
    /// What was sent.
    public let body: String
    /// How often it was handed out, this time included.
    public let receiveCount: Int
    /// When it was sent.
    public let sentAt: Date?

    /// A message with all its parts.
    public init(id: String, receipt: String, body: String, receiveCount: Int = 1, sentAt: Date? = nil) {
        self.id = id
        self.receipt = receipt
        self.body = body
        self.receiveCount = receiveCount
        self.sentAt = sentAt
    }
}
