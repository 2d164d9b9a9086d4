/// Why a request got no response.
///
/// A response with a bad status is a response, not an error of this kind.
public struct HTTPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as an open set of labels that are fit for a metric.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The label.
        public let rawValue: String

        /// A code of that label.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The deadline passed, or the server took too long to accept a connection.
        public static let timeout = Code(rawValue: "timeout")
        /// The host's name could not be resolved.
        public static let nameResolution = Code(rawValue: "nameResolution")
        /// No connection could be made, or it broke before the response was complete.
        public static let connection = Code(rawValue: "connection")
        /// The peer did not prove who it is, or spoke no TLS that is safe.
        public static let tls = Code(rawValue: "tls")
        /// The body was longer than the request allows.
        public static let bodyTooLarge = Code(rawValue: "bodyTooLarge")
        /// The headers were larger than any honest server's.
        public static let headersTooLarge = Code(rawValue: "headersTooLarge")
        /// What came back was not HTTP.
        public static let malformedResponse = Code(rawValue: "malformedResponse")
        /// The request itself could not be sent: a bad URL, a scheme other than http or https, a line break in a header.
        public static let invalidRequest = Code(rawValue: "invalidRequest")
        /// The task that waited was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// What went wrong.
    public let code: Code
    /// What failed and on what; never a header, a query or a body.
    public let message: String

    /// An error of that code and message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
