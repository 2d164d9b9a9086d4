public import AutoTagger
public import CloudTrail
private import JSON

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
    /// What must be in the event, or must not.
    let conditions: [Presence]
    /// Where the id stands; without it the id is the last part of the ARN.
    let id: DeclaredPath?
    /// Where the ARN stands, or what it is made of.
    let arn: ARNSource
    /// What AWS is asked where the event does not tell.
    let question: DeclaredQuestion?
    /// The names in the ARN's templates, read once: every event asks for them.
    private let names: [String: DeclaredName]

    init(
        resource: ResourceType, triggers: [Trigger], tagging: TaggingOperation, isEphemeral: Bool,
        conditions: [Presence], id: DeclaredPath?, arn: ARNSource, question: DeclaredQuestion?
    ) {
        self.resource = resource
        self.triggers = triggers
        self.tagging = tagging
        self.isEphemeral = isEphemeral
        self.conditions = conditions
        self.id = id
        self.arn = arn
        self.question = question
        var names: [String: DeclaredName] = [:]
        for case .template(let template) in arn.alternatives {
            for name in template.names { names[name] = DeclaredName(name) }
        }
        self.names = names
    }

    /// The permission that the question needs.
    public var lookupActions: [String] { question.map { [$0.action] } ?? [] }

    /// The resources that the event names, or the question that will tell them; none when an id or a part of an ARN is missing.
    public func find(in event: CloudTrailEvent) -> Finding {
        guard conditions.allSatisfy({ $0.holds(in: event) }) else { return Finding(resources: []) }
        let resources = resources(in: event)
        guard resources.isEmpty, let call = question?.call(filling: { value(of: $0, id: nil, in: event) }) else {
            return Finding(resources: resources)
        }
        return Finding(
            resources: [], lookups: [call], openQuestions: ["which \(resource) it is, which \(call.action) tells"])
    }

    /// The resources that AWS's answer names; one that is not known yet may be so in a minute.
    ///
    /// - Throws: ``Failure`` when AWS does not answer.
    public func complete(
        _ finding: Finding, of event: CloudTrailEvent, with lookup: Lookup
    ) async throws(Failure) -> Completion {
        var found = finding.resources
        do {
            for call in finding.lookups {
                for page in try await lookup.read(call) { found += resources(in: event.beside(page)) }
            }
        } catch {
            guard error.kind == .notFound else { throw error }
        }
        guard found.isEmpty else { return Completion(resources: found) }
        return lookup.isYoung
            ? Completion(resources: [], unfinished: .untold(resource, by: finding.lookups.map(\.action)))
            : Completion(resources: [], isGone: true)
    }

    private func resources(in event: CloudTrailEvent) -> [TaggableResource] {
        let ids = id?.values(in: event)
        if let ids, ids.isEmpty { return [] }
        for alternative in arn.alternatives {
            let names = pairs(alternative, ids, event)
            if !names.isEmpty { return names.map { reference($0.id, $0.arn, event) } }
        }
        return []
    }

    private func pairs(
        _ alternative: ARNSource.Alternative, _ ids: [String]?, _ event: CloudTrailEvent
    ) -> [(id: String, arn: String)] {
        switch alternative {
        case .path(let path):
            let arns = path.values(in: event)
            return arns.enumerated().compactMap { index, arn in
                let id = ids.flatMap { $0.count == arns.count ? $0[index] : nil } ?? ARNParts.lastPart(of: arn)
                return id.map { ($0, arn) }
            }
        case .template(let template):
            let names: [String?] = ids ?? [nil]
            return names.compactMap { id in
                guard let arn = template.render({ value(of: $0, id: id, in: event) }) else { return nil }
                return (id ?? ARNParts.lastPart(of: arn)).map { ($0, arn) }
            }
        }
    }

    private func reference(_ id: String, _ arn: String, _ event: CloudTrailEvent) -> TaggableResource {
        TaggableResource(
            type: resource, id: id, arn: arn, accountID: event.accountID, region: event.region,
            tagging: tagging.filled { $0 == "arn" ? arn : value(of: $0, id: id, in: event) })
    }

    private func value(of name: String, id: String?, in event: CloudTrailEvent) -> String? {
        (names[name] ?? DeclaredName(name))?.value(in: event, id: id, of: resource)
    }

    /// What is wrong with a name in an ARN's template, or `nil` when it is known.
    static func mistake(in text: String) -> String? {
        let known = ["id", "partition", "region", "account", "resource", "arn"]
        let (name, filter) = DeclaredPath.parts(of: text)
        let filters = DeclaredPath.Filter.allCases.map(\.rawValue)
        if let filter, !filters.contains(filter) {
            return "unknown filter '\(filter)' in '${\(text)}'; there are \(filters.joined(separator: ", "))"
        }
        if known.contains(name) || DeclaredPath(name) != nil { return nil }
        let hint = Suggestion.nearest(to: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
        return "unknown name '${\(name)}'\(hint); there are \(known.joined(separator: ", "))"
            + " and paths such as requestParameters.name"
    }
}

extension Failure {
    fileprivate static func untold(_ resource: ResourceType, by actions: [String]) -> Failure {
        Failure(
            code: "notVisible",
            message: "\(actions.joined(separator: ", ")) does not tell the \(resource) yet; try again in a minute",
            isTransient: true, kind: .notFound)
    }
}
