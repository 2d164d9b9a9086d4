/// One place that may hold credentials.
public protocol CredentialProvider: Sendable {
    /// What the place is called in messages: a person reads it when no place had any.
    var name: String { get }

    /// The place's credentials, or `nil` when it is not set up here and the next place should be asked.
    ///
    /// - Throws: ``CredentialError`` when the place is set up but cannot deliver: asking another then would act as
    ///   somebody else than the operator meant.
    func credentials() async throws(CredentialError) -> AWSCredentials?
}

/// Why a place that should hold credentials gave none.
public struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as an open set of labels that are fit for a metric.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The label.
        public let rawValue: String

        /// A code of that label.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No place had any.
        public static let notFound = Code(rawValue: "credentialsNotFound")
        /// A file, a variable or a profile says something that cannot be.
        public static let invalidConfiguration = Code(rawValue: "credentialsInvalidConfiguration")
        /// The source could not be reached or refused.
        public static let unavailable = Code(rawValue: "credentialsUnavailable")
        /// They ended, and there are no newer ones.
        public static let expired = Code(rawValue: "credentialsExpired")
    }

    /// What is wrong.
    public let code: Code
    /// Which place, what about it, and what to do.
    public let message: String

    /// An error of that code and message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
