public import JSON

/// What a call brought back.
public struct AWSReply: Sendable, Hashable {
    /// The reply's document. Of XML every text stays text, a repeated element is an array, and a list's wrapper stays.
    public var output: JSONValue
    /// What AWS's support asks for first.
    public var requestID: String?
    /// How many requests it took.
    public var attempts: Int

    /// A reply of those parts.
    public init(output: JSONValue, requestID: String? = nil, attempts: Int = 1) {
        self.output = output
        self.requestID = requestID
        self.attempts = attempts
    }
}
