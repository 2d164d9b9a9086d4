public import Foundation
public import JSON

/// What a call brought back.
public struct AWSReply: Sendable, Hashable {
    /// The reply's document. Of XML every text stays text, a repeated element is an array, and a list's wrapper stays.
    public var output: JSONValue
    /// The reply itself, where the operation brings ``AWSOperation/ReplyForm/bytes(maximum:)`` back; else empty.
    public var bytes: Data
    /// What AWS's support asks for first.
    public var requestID: String?
    /// How many requests it took.
    public var attempts: Int

    /// A reply of those parts.
    public init(output: JSONValue, bytes: Data = Data(), requestID: String? = nil, attempts: Int = 1) {
        self.output = output
        self.bytes = bytes
        self.requestID = requestID
        self.attempts = attempts
    }
}
