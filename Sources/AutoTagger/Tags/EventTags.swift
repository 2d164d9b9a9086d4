internal import CloudTrail

/// The tags of one event's resources.
///
/// Most rules name the maker and the moment, which are the same for every resource: those values are found and made legal
/// once an event.
struct EventTags: Sendable {
    /// What a rule gives.
    private enum Value: Sendable {
        /// The same to every resource; `nil` when the template stays unresolved.
        case shared(String?)
        /// What its template makes of each.
        case own(Template)
    }

    private let rules: [TagPolicy.Rule]
    private let values: [Value]
    private let fields: TagFields

    /// The tags that a policy gives to the resources of an event.
    init(_ policy: TagPolicy, identity: Identity, event: CloudTrailEvent) {
        let fields = TagFields(identity: identity, event: event)
        rules = policy.rules
        values = policy.rules.map { rule in
            if rule.isOfResource { return .own(rule.value) }
            return .shared(rule.value.render { fields.value(of: $0, for: nil) }.flatMap(LegalTag.value))
        }
        self.fields = fields
    }

    /// The tags of a resource, in the order of the rules. A rule whose template stays unresolved gives none.
    func tags(for resource: TaggableResource) -> [Tag] {
        var tags: [Tag] = []
        tags.reserveCapacity(rules.count)
        let type = resource.type.description
        let refused = resource.tagging.api?.refusedCharacters ?? ""
        for (rule, value) in zip(rules, values) where rule.isFor(type) {
            guard let text = text(value, for: resource) else { continue }
            let taken = refused.isEmpty ? text : String(text.map { refused.contains($0) ? "_" : $0 })
            tags.append(Tag(key: rule.key, value: taken))
        }
        return tags
    }

    private func text(_ value: Value, for resource: TaggableResource) -> String? {
        switch value {
        case .shared(let text): text
        case .own(let template):
            template.render { fields.value(of: $0, for: resource) }.flatMap(LegalTag.value)
        }
    }
}
