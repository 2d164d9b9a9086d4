public import Foundation

/// One invocation of a Lambda function.
public struct LambdaInvocation: Sendable {
    /// Names the invocation in its answer and in the log.
    public let requestID: String
    /// When Lambda ends the process if no answer came, by Lambda's clock; `nil` when it did not say.
    public let deadline: Date?
    /// The event, in whatever envelope it was sent.
    public let body: Data

    /// An invocation of those parts.
    public init(requestID: String, deadline: Date?, body: Data) {
        self.requestID = requestID
        self.deadline = deadline
        self.body = body
    }
}

/// What an invocation came to.
public struct LambdaAnswer: Sendable {
    /// Why an invocation failed, as Lambda shows it to whoever looks.
    public struct Failure: Error, Sendable, Hashable {
        /// A stable word for it.
        public let type: String
        /// What failed, and what to do.
        public let message: String

        /// A failure of that type and text.
        public init(type: String, message: String) {
            self.type = type
            self.message = message
        }
    }

    /// A JSON document, or why there is none; Lambda tries a failed invocation again where its source allows it.
    public let result: Result<Data, Failure>
    /// Why the process must not take another invocation, when it must not: Lambda starts a fresh one then.
    public let lastWords: String?

    /// An answer; with `lastWords` it is the process's last one.
    public init(_ result: Result<Data, Failure>, lastWords: String? = nil) {
        self.result = result
        self.lastWords = lastWords
    }
}
