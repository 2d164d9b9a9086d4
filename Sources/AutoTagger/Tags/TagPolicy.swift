public import CloudTrail

/// Which tags a resource gets.
///
/// A list of rules, each a key and a template, some of them for certain types only. It knows nothing of what is on the
/// resource already; keeping that is the dispatcher's part.
public struct TagPolicy: Sendable, Hashable {
    /// One tag to give.
    public struct Rule: Sendable, Hashable {
        /// The tag's key.
        public let key: String
        /// What its value is made of.
        public let value: Template
        /// The types it is for, as globs over `service:resource`; empty for all.
        public let types: [Glob]
        /// Whether the value can differ from one resource of an event to the next.
        let isOfResource: Bool

        /// A rule for a key.
        ///
        /// - Throws: ``Template/Mistake`` when the key is illegal or the template refers to what does not exist.
        public init(key: String, value: String, types: [String] = []) throws(Template.Mistake) {
            if let mistake = LegalTag.mistake(inKey: key) { throw Template.Mistake(message: mistake) }
            self.key = key
            self.value = try Template(value, check: TagFields.mistake)
            self.types = types.map { Glob($0, ignoringCase: true) }
            isOfResource = self.value.names.contains(where: TagFields.isOfResource)
        }

        /// Whether it is for resources of a type.
        func isFor(_ type: String) -> Bool { types.isEmpty || types.contains { $0.matches(type) } }
    }

    /// The rules, in the order in which they give way when a resource has room for some only.
    public let rules: [Rule]

    /// A policy of these rules.
    public init(rules: [Rule]) { self.rules = rules }

    /// The tags of a resource, in the order of the rules. A rule whose template stays unresolved gives none.
    public func tags(for resource: TaggableResource, identity: Identity, event: CloudTrailEvent) -> [Tag] {
        EventTags(self, identity: identity, event: event).tags(for: resource)
    }
}

/// A key and a value on a resource.
public struct Tag: Sendable, Hashable, Codable {
    /// The key; case counts, except in IAM.
    public let key: String
    /// The value.
    public let value: String

    /// A tag of both.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
