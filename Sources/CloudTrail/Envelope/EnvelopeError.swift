/// Why bytes, or one item inside them, are no CloudTrail event.
public struct EnvelopeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word for it, fit for a metric's label.
    public let code: Code
    /// What was found, where, and what was expected.
    public let message: String

    /// The ways in which input can be something else.
    public enum Code: String, Sendable, Hashable {
        /// Not JSON at all.
        case notJSON
        /// JSON, but neither a record nor anything known to carry one.
        case notCloudTrail
        /// Compressed bytes that are damaged, cut short, or too large.
        case badGzip
        /// A notification that names a log file, where only its content can be read.
        case logFileNotice
        /// A digest file: it vouches for log files and holds no events.
        case digest
        /// Nothing there.
        case empty
        /// Wrapped in more layers than any real delivery has.
        case tooDeep
    }

    /// An error with its word and its text.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The text alone: it is meant to be shown to a person.
    public var description: String { message }
}
