/// The operation that puts tags on a resource, written `service:Operation` as IAM does (`ec2:CreateTags`).
public struct TaggingOperation: Sendable, Hashable, CustomStringConvertible {
    /// The service whose API it is, by IAM prefix.
    public let service: String
    /// The API action.
    public let operation: String
    /// How the service spells it. `nil` for EC2, whose one operation takes many resources at once, and for
    /// ``resourceGroups(also:)``.
    public let api: TaggingAPI?
    /// What the resource's own service asks for besides, with ``resourceGroups(also:)``.
    private let alsoNeeded: [Permission]

    /// An operation from its two parts, and how it is spelled.
    public init(_ service: String, _ operation: String, api: TaggingAPI? = nil) {
        self.init(service, operation, api: api, alsoNeeded: [])
    }

    private init(_ service: String, _ operation: String, api: TaggingAPI?, alsoNeeded: [Permission]) {
        self.service = service
        self.operation = operation
        self.api = api
        self.alsoNeeded = alsoNeeded
    }

    /// EC2's operation for all of its types.
    public static let ec2 = TaggingOperation("ec2", "CreateTags")

    /// The Resource Groups Tagging API's, for services that have none of their own or by choice.
    ///
    /// - Parameter own: the permissions of the resource's own service, which AWS checks as well ("Minimum permissions" of
    ///   `TagResources` in its API reference).
    public static func resourceGroups(also own: [Permission]) -> TaggingOperation {
        TaggingOperation("tag", "TagResources", api: nil, alsoNeeded: own)
    }

    /// The permissions that reading and writing tags with it need.
    public var permissions: [Permission] {
        if let api { return api.permissions }
        if isResourceGroups {
            return [Permission("tag:TagResources", .writeAnyKey), Permission("tag:GetResources", .read)] + alsoNeeded
        }
        let reading = self == .ec2 ? [Permission("ec2:DescribeTags", .read)] : []
        return [Permission(description, .write)] + reading
    }

    /// Whether it is the Resource Groups Tagging API's.
    public var isResourceGroups: Bool { api == nil && service == "tag" }

    /// The Resource Groups Tagging API's in place of this one.
    ///
    /// What writes with the service's own API is needed all the same, and where a write there replaces all tags, what reads
    /// them: AWS reads and writes in the caller's name.
    public var throughResourceGroups: TaggingOperation {
        if isResourceGroups { return self }
        let isReading = api?.replacesAll == true
        return .resourceGroups(also: permissions.filter { isReading || $0.use != .read })
    }

    /// `service:Operation`.
    public var description: String { "\(service):\(operation)" }
}

/// Which API tags a resource: the one its handler declares, unless the settings choose the Resource Groups Tagging API.
public struct TaggingRoute: Sendable, Hashable {
    /// The types, as globs over `service:resource`, that the Resource Groups Tagging API is chosen for.
    public var resourceGroups: [Glob]

    /// A route; without globs every resource goes the way that its handler declares.
    public init(resourceGroups: [Glob] = []) { self.resourceGroups = resourceGroups }

    /// The operation that tags a resource of a type.
    public func operation(for type: ResourceType, declared: TaggingOperation) -> TaggingOperation {
        if resourceGroups.isEmpty { return declared }
        let name = type.description
        return resourceGroups.contains { $0.matches(name) } ? declared.throughResourceGroups : declared
    }
}
