/// The port through which tags are read and written: one for all services.
public protocol TagWriter: Sendable {
    /// The tags that resources carry now, one answer a resource, in order.
    func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>]

    /// Writes tags, in as few calls as the services allow; one answer a write, in order.
    ///
    /// One bad id never costs the others their tags, and a reply that reports failed parts is a failure of those parts.
    func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>]

    /// The calls that reading and writing would take.
    func plan(_ writes: [TagWrite]) -> [PlannedCall]
}

/// Tags for one resource.
public struct TagWrite: Sendable, Hashable {
    /// The resource.
    public let resource: TaggableResource
    /// What to write on it.
    public let tags: [Tag]

    /// A write.
    public init(resource: TaggableResource, tags: [Tag]) {
        self.resource = resource
        self.tags = tags
    }
}

/// The proof of a write.
public struct TagReceipt: Sendable, Hashable {
    /// AWS's id of the request that wrote the tags.
    public let requestID: String?

    /// A receipt.
    public init(requestID: String?) { self.requestID = requestID }
}
