internal import AutoTagger
internal import CloudTrail

/// A name in a template of a declaration: `${region}`, `${responseElements.vpc.vpcId | last}`.
struct DeclaredName: Sendable, Hashable {
    private enum Source: Sendable, Hashable {
        case id, partition, region, account, resource
        case path(FieldPath)
    }

    private let source: Source
    private let filter: DeclaredPath.Filter?

    /// Reads a name; `nil` when it is none that a record could answer.
    init?(_ text: String) {
        let (name, filter) = DeclaredPath.parts(of: text)
        switch name {
        case "id": source = .id
        case "partition": source = .partition
        case "region": source = .region
        case "account": source = .account
        case "resource": source = .resource
        default:
            guard let path = FieldPath(name) else { return nil }
            source = .path(path)
        }
        self.filter = filter.flatMap(DeclaredPath.Filter.init)
    }

    /// What it stands for in an event.
    func value(in event: CloudTrailEvent, id: String?, of resource: ResourceType) -> String? {
        let found: String? =
            switch source {
            case .id: id
            case .partition: event.partition
            case .region: event.region
            case .account: event.accountID
            case .resource: resource.resource
            case .path(let path): path.value(in: event)
            }
        guard let filter else { return found }
        return found.map { filter($0) }
    }
}
