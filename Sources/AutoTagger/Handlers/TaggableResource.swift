public import CloudTrail

/// One resource that an event made and that can carry tags.
///
/// Nothing of it changes, so one object serves all that handle it, as with ``CloudTrailEvent``.
public final class TaggableResource: Sendable, Hashable {
    /// The resource that another one was born with, as a volume is with its instance.
    public struct Parent: Sendable, Hashable, Codable {
        /// The parent's kind.
        public let type: ResourceType
        /// The parent's id.
        public let id: String

        /// A parent by kind and id.
        public init(type: ResourceType, id: String) {
            self.type = type
            self.id = id
        }
    }

    /// Whether a resource is there.
    public enum Presence: Sendable, Hashable {
        /// The event says that it was made; nobody has looked.
        case assumed
        /// AWS was asked and does not know it: not yet, or no longer.
        case missing
        /// AWS says that it is gone for good.
        case gone
    }

    /// What kind of resource it is.
    public let type: ResourceType
    /// The id by which its own service knows it.
    public let id: String
    /// Its full name, in the event's account and region.
    public let arn: String
    /// The account it lives in: always the event's.
    public let accountID: String
    /// The region it lives in: always the event's.
    public let region: String
    /// The resource it was born with, if any.
    public let parent: Parent?
    /// How its service spells "tag".
    public let tagging: TaggingOperation
    /// Whether it is there, as far as the handler knows.
    public let presence: Presence

    /// A resource with all that tagging it takes.
    public init(
        type: ResourceType,
        id: String,
        arn: String,
        accountID: String,
        region: String,
        parent: Parent? = nil,
        tagging: TaggingOperation,
        presence: Presence = .assumed
    ) {
        self.type = type
        self.id = id
        self.arn = arn
        self.accountID = accountID
        self.region = region
        self.parent = parent
        self.tagging = tagging
        self.presence = presence
    }

    /// Whether both are the same resource, known as well and tagged alike.
    public static func == (one: TaggableResource, other: TaggableResource) -> Bool {
        one === other
            || one.arn == other.arn && one.id == other.id && one.type == other.type && one.parent == other.parent
                && one.accountID == other.accountID && one.region == other.region && one.tagging == other.tagging
                && one.presence == other.presence
    }

    /// Equal resources hash alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(arn)
        hasher.combine(id)
    }
}

extension TaggableResource {
    /// A resource of EC2 in the event's place: its ARN is the id's, as with everything that EC2 tags by id.
    ///
    /// - Parameter arnType: what stands before the slash in the ARN, such as `instance`.
    public convenience init(ec2 type: ResourceType, id: String, arnType: String, of event: CloudTrailEvent) {
        self.init(
            type: type, id: id, arn: "arn:\(event.partition):ec2:\(event.region):\(event.accountID):\(arnType)/\(id)",
            accountID: event.accountID, region: event.region, tagging: .ec2)
    }
}
