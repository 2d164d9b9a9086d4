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
        /// A notification about an object that is no CloudTrail log file, or about something else than its creation.
        case otherObject
        /// What S3 sends to a queue or topic when notifications are set up.
        case testNotice
        /// A log file that is no longer there: nothing that comes later can bring its events.
        case logFileGone
        /// A log file that the credentials may not read, or that is archived.
        case logFileDenied
        /// A log file that could not be fetched this time.
        case logFileUnread
        /// Nothing there.
        case empty
        /// Wrapped in more layers than any real delivery has.
        case tooDeep

        /// Whether the delivery was understood and has no events to give, now or later, so that it may be acknowledged.
        ///
        /// Everything else is handed back: it comes again, and to the dead-letter queue in the end.
        public var isNothingToDo: Bool {
            switch self {
            case .digest, .otherObject, .testNotice, .logFileGone: true
            case .notJSON, .notCloudTrail, .badGzip, .logFileNotice, .logFileDenied, .logFileUnread, .empty, .tooDeep:
                false
            }
        }
    }

    /// An error with its word and its text.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The text alone: it is meant to be shown to a person.
    public var description: String { message }
}
