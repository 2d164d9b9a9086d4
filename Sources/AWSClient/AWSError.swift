/// Why a call failed, whichever of AWS's five error formats said so, or why it never left.
public struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose failure it is, which decides what a person or a retry can do about it.
    public enum Kind: String, Sendable, Hashable {
        /// The service refused the request.
        case service
        /// The service asked for fewer requests.
        case throttled
        /// The service failed itself (5xx), or something that passes.
        case transient
        /// No complete response came.
        case transport
        /// No credentials were found, or they could not be used.
        case credentials
        /// The client's own settings make the call impossible.
        case configuration
        /// The response could not be read.
        case malformedReply
        /// The calling task was cancelled.
        case cancelled
    }

    /// The service's own code without namespace or suffix, or one of this module's labels; fit for a metric.
    public var code: String
    /// What failed, on what, and what to do: meant to be shown.
    public var message: String
    /// Whose failure it is.
    public var kind: Kind
    /// What AWS's support asks for first.
    public var requestID: String?
    /// The HTTP status, when there was a response.
    public var httpStatus: Int?
    /// The service's signing name.
    public var service: String
    /// The operation's name.
    public var operation: String
    /// How many requests were made before giving up; 0 when none left.
    public var attempts: Int

    /// An error of those parts.
    public init(
        code: String,
        message: String,
        kind: Kind,
        requestID: String? = nil,
        httpStatus: Int? = nil,
        service: String = "",
        operation: String = "",
        attempts: Int = 0
    ) {
        self.code = code
        self.message = message
        self.kind = kind
        self.requestID = requestID
        self.httpStatus = httpStatus
        self.service = service
        self.operation = operation
        self.attempts = attempts
    }

    /// Whether the same request may succeed a little later.
    public var isRetryable: Bool {
        switch kind {
        case .throttled, .transient, .transport: true
        case .service, .credentials, .configuration, .malformedReply, .cancelled: false
        }
    }

    /// The failure in one line.
    public var description: String {
        let name = operation.isEmpty ? "" : "\(service):\(operation): "
        let id = requestID.map { " (request \($0))" } ?? ""
        return "\(name)\(code): \(message)\(id)"
    }
}
