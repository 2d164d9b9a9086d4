/// The kind of a resource as `service:resource` in lower case, such as `ec2:volume`.
public struct ResourceType: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The plugin that knows it: `ec2`.
    public let service: String
    /// Its name within the service: `volume`.
    public let resource: String
    /// `service:resource`; kept, since every resource of every event is written with it.
    public let description: String

    /// A type from its two parts.
    public init(_ service: String, _ resource: String) {
        self.service = service
        self.resource = resource
        description = "\(service):\(resource)"
    }

    /// Reads `service:resource`; `nil` without exactly one colon between two names.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(String(parts[0]), String(parts[1]))
    }

    /// Reads the type from its text form.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let type = ResourceType(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not 'service:resource'")
            )
        }
        self = type
    }

    /// Writes the type in its text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Whether both are of the same name.
    public static func == (one: ResourceType, other: ResourceType) -> Bool { one.description == other.description }

    /// Equal types hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

/// What a handler waits for: an API of a service. Always both, since `CreateCluster` alone is eight services' API.
public struct Trigger: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The service's host name, in lower case.
    public let eventSource: String
    /// The API action as CloudTrail writes it.
    public let eventName: String

    /// A trigger from its two parts.
    public init(_ eventSource: String, _ eventName: String) {
        self.eventSource = eventSource.lowercased()
        self.eventName = eventName
    }

    /// `source/name`.
    public var description: String { "\(eventSource)/\(eventName)" }

    /// By source, then by name.
    public static func < (left: Trigger, right: Trigger) -> Bool {
        (left.eventSource, left.eventName) < (right.eventSource, right.eventName)
    }
}
