import AutoTagger
import CloudTrail

/// The types that a launch makes, and their references.
enum EC2Types {
    static let instance = ResourceType("ec2", "instance")
    static let volume = ResourceType("ec2", "volume")
    static let networkInterface = ResourceType("ec2", "network-interface")

    static func instance(
        _ id: String, of event: CloudTrailEvent, presence: TaggableResource.Presence = .assumed
    ) -> TaggableResource {
        resource(instance, id, in: event, parent: nil, presence)
    }

    static func volume(_ id: String, of instanceID: String, in event: CloudTrailEvent) -> TaggableResource {
        resource(volume, id, in: event, parent: .init(type: instance, id: instanceID))
    }

    static func networkInterface(_ id: String, of instanceID: String, in event: CloudTrailEvent) -> TaggableResource {
        resource(networkInterface, id, in: event, parent: .init(type: instance, id: instanceID))
    }

    private static func resource(
        _ type: ResourceType, _ id: String, in event: CloudTrailEvent, parent: TaggableResource.Parent?,
        _ presence: TaggableResource.Presence = .assumed
    ) -> TaggableResource {
        TaggableResource(
            type: type, id: id,
            arn: "arn:\(event.partition):ec2:\(event.region):\(event.accountID):\(type.resource)/\(id)",
            accountID: event.accountID, region: event.region, parent: parent,
            tagging: TaggingOperation.ec2, presence: presence)
    }
}
