import AutoTagger
import CloudTrail

/// The types that a launch makes, and their references.
struct EC2Types {
    static let instance = ResourceType("ec2", "instance")
    static let volume = ResourceType("ec2", "volume")
    static let networkInterface = ResourceType("ec2", "network-interface")

    private let accountID: String
    private let region: String
    /// What the ARNs of all that the event made begin with.
    private let arn: String

    /// References to what an event made.
    init(of event: CloudTrailEvent) {
        accountID = event.accountID
        region = event.region
        arn = "arn:\(event.partition):ec2:\(event.region):\(event.accountID):"
    }

    func instance(_ id: String, presence: TaggableResource.Presence = .assumed) -> TaggableResource {
        resource(Self.instance, id, parent: nil, presence)
    }

    func volume(_ id: String, of instanceID: String) -> TaggableResource {
        resource(Self.volume, id, parent: .init(type: Self.instance, id: instanceID))
    }

    func networkInterface(_ id: String, of instanceID: String) -> TaggableResource {
        resource(Self.networkInterface, id, parent: .init(type: Self.instance, id: instanceID))
    }

    private func resource(
        _ type: ResourceType, _ id: String, parent: TaggableResource.Parent?,
        _ presence: TaggableResource.Presence = .assumed
    ) -> TaggableResource {
        TaggableResource(
            type: type, id: id, arn: arn + type.resource + "/" + id, accountID: accountID, region: region,
            parent: parent, tagging: TaggingOperation.ec2, presence: presence)
    }
}
