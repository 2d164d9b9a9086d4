public import JSON

/// An AWS call as data: what a dry run shows, what permissions are derived from, and what a lookup asks for.
public struct PlannedCall: Sendable, Hashable, Encodable {
    /// The service by IAM prefix, such as `ec2`.
    public let service: String
    /// The API action, such as `DescribeInstances`.
    public let operation: String
    /// The parameters under the names of the wire.
    public let parameters: JSONValue
    /// How the service writes the call, where the reader does not know the service by itself.
    public let spelling: Spelling?
    /// How it can be asked together with calls of other events; `nil` where it cannot.
    public let sharing: Sharing?
    /// The elements of an XML reply that whoever asks will read, by name and at any depth; `nil` for all. Replies tell so much
    /// more that it is worth not to read it.
    public let reads: Set<String>?

    /// A call with its parameters.
    public init(
        service: String, operation: String, parameters: JSONValue, spelling: Spelling? = nil, sharing: Sharing? = nil,
        reads: Set<String>? = nil
    ) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.spelling = spelling
        self.sharing = sharing
        self.reads = reads
    }

    /// The permission that the call needs.
    public var action: String { "\(service):\(operation)" }

    /// A service and one of its operations, as data.
    public struct Spelling: Sendable, Hashable {
        /// Where the service lives and how it writes.
        public let service: TaggingAPI.Service
        /// The operation.
        public let call: TaggingAPI.Call

        /// A service's operation.
        public init(service: TaggingAPI.Service, call: TaggingAPI.Call) {
            self.service = service
            self.call = call
        }
    }

    /// What people see of a call; how it is spelled follows from it.
    private enum CodingKeys: CodingKey {
        case service, operation, parameters
    }
}
