public import JSON

/// An AWS call as data: what a dry run shows, what permissions are derived from, and what a lookup asks for.
public struct PlannedCall: Sendable, Hashable, Encodable {
    /// The service by IAM prefix, such as `ec2`.
    public let service: String
    /// The API action, such as `DescribeInstances`.
    public let operation: String
    /// The parameters under the names of the wire.
    public let parameters: JSONValue

    /// A call with its parameters.
    public init(service: String, operation: String, parameters: JSONValue) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
    }

    /// The permission that the call needs.
    public var action: String { "\(service):\(operation)" }
}
