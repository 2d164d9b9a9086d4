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

    /// A call with its parameters.
    public init(service: String, operation: String, parameters: JSONValue, spelling: Spelling? = nil) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.spelling = spelling
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
