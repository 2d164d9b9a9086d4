/// The operation that puts tags on a resource, written `service:Operation` as IAM does (`ec2:CreateTags`).
public struct TaggingOperation: Sendable, Hashable, CustomStringConvertible {
    /// The service whose API it is, by IAM prefix.
    public let service: String
    /// The API action.
    public let operation: String
    /// How the service spells it. `nil` for EC2, whose one operation takes many resources at once, and for
    /// ``resourceGroups``.
    public let api: TaggingAPI?

    /// An operation from its two parts, and how it is spelled.
    public init(_ service: String, _ operation: String, api: TaggingAPI? = nil) {
        self.service = service
        self.operation = operation
        self.api = api
    }

    /// EC2's operation for all of its types.
    public static let ec2 = TaggingOperation("ec2", "CreateTags")

    /// The Resource Groups Tagging API's, for services that have none of their own.
    public static let resourceGroups = TaggingOperation("tag", "TagResources")

    /// The permissions that reading and writing tags with it need.
    ///
    /// `TagResources` also needs those of the resource's own service, which its handler names.
    public var permissions: [String] {
        if let api { return api.permissions }
        return self == .ec2 ? ["ec2:CreateTags", "ec2:DescribeTags"] : ["tag:TagResources", "tag:GetResources"]
    }

    /// `service:Operation`.
    public var description: String { "\(service):\(operation)" }
}
