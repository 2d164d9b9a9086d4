public import AutoTagger
public import CloudTrail

/// A handler that is one line of YAML: on this event the id is there, and the service tags so.
public struct DeclaredHandler: ResourceHandler {
    /// The resource it finds.
    public let resource: ResourceType
    /// The events it waits for.
    public let triggers: [Trigger]
    /// How its service spells "tag".
    public let tagging: TaggingOperation
    /// A line of YAML.
    public let isDeclared = true
    /// Whether its resources end by themselves.
    public let isEphemeral: Bool
    /// Where the id stands; without it the id is the last part of the ARN.
    let id: FieldPath?
    /// Where the ARN stands, or what it is made of.
    let arn: ARNSource

    /// Where an ARN comes from.
    enum ARNSource: Sendable {
        case path(FieldPath)
        case template(Template)
    }

    /// The resources that the event names; none when an id or a part of an ARN is missing.
    public func find(in event: CloudTrailEvent) -> Finding {
        let ids = id?.values(in: event)
        if let ids, ids.isEmpty { return Finding(resources: []) }
        switch arn {
        case .path(let path):
            let arns = path.values(in: event)
            return Finding(
                resources: arns.enumerated().compactMap { index, arn in
                    let id = ids.flatMap { $0.count == arns.count ? $0[index] : nil } ?? ARNParts.lastPart(of: arn)
                    return id.map { reference($0, arn, event) }
                })
        case .template(let template):
            let names: [String?] = ids ?? [nil]
            return Finding(
                resources: names.compactMap { id in
                    guard let arn = template.render({ value(of: $0, id: id, in: event) }) else { return nil }
                    return (id ?? ARNParts.lastPart(of: arn)).map { reference($0, arn, event) }
                })
        }
    }

    private func reference(_ id: String, _ arn: String, _ event: CloudTrailEvent) -> TaggableResource {
        TaggableResource(
            type: resource, id: id, arn: arn, accountID: event.accountID, region: event.region, tagging: tagging)
    }

    private func value(of name: String, id: String?, in event: CloudTrailEvent) -> String? {
        switch name {
        case "id": id
        case "partition": event.partition
        case "region": event.region
        case "account": event.accountID
        case "resource": resource.resource
        default: FieldPath(name)?.value(in: event)
        }
    }

    /// What is wrong with a name in an ARN's template, or `nil` when it is known.
    static func mistake(in name: String) -> String? {
        let known = ["id", "partition", "region", "account", "resource"]
        if known.contains(name) { return nil }
        let isPath = ["requestParameters.", "responseElements.", "serviceEventDetails.", "additionalEventData."]
            .contains { name.hasPrefix($0) }
        if isPath, FieldPath(name) != nil { return nil }
        let hint = Suggestion.nearest(to: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
        return "unknown name '${\(name)}' in an ARN\(hint); there are \(known.joined(separator: ", "))"
            + " and paths such as requestParameters.name"
    }
}
