internal import AutoTagger
internal import JSON

/// The `read:` of a `tagging:`: a name where only the operation's differs, a mapping where more does, `none` where the
/// service cannot tell.
struct ReadDeclaration {
    /// The operation that most services have.
    static let usualOperation = "ListTagsForResource"

    private var isAbsent = false
    private var operation: String?
    private var uri: String?
    private var identifier: ListedName?
    private var tags: String?
    private var members: JSONValue?

    init() {}

    init(_ parent: YAMLMapping, over base: ReadDeclaration) {
        self = base
        if let word = parent.scalar("read") {
            isAbsent = word == "none"
            operation = isAbsent ? nil : word
        } else if let mapping = parent.mapping("read") {
            isAbsent = false
            operation = mapping.string("operation") ?? operation
            uri = mapping.string("uri") ?? uri
            identifier = mapping.string("id").map(ListedName.init) ?? identifier
            tags = mapping.string("in") ?? tags
            members = mapping.tree("with", check: DeclaredHandler.mistake) ?? members
            mapping.refuseUnknownKeys()
        }
    }

    /// The call, in all it leaves out the same as the one that writes.
    func call(like write: TaggingAPI.Call, _ wire: TaggingAPI.Wire) -> TaggingAPI.Call? {
        guard !isAbsent else { return nil }
        // An empty name says that other members name the resource.
        let name = identifier.map { $0.name.isEmpty ? nil : $0.name } ?? write.identifier
        let isInPath = write.identifier.map { write.uri.contains("{\($0)") } ?? true
        var usual = Self.usualRoute(wire, name, method: "GET")
        if isInPath { usual = Route(method: usual.method, uri: write.uri) }
        let route = Route(uri, usual: usual)
        return TaggingAPI.Call(
            operation: operation ?? Self.usualOperation, method: route.method, uri: route.uri,
            hostPrefix: write.hostPrefix, headers: write.headers, identifier: name,
            takesList: identifier?.isList ?? write.takesList, members: members ?? write.members,
            tags: tags ?? write.tags)
    }

    /// Where requests go that say nothing else: one path for all in form and JSON protocols, a path of tags in REST.
    static func usualRoute(_ wire: TaggingAPI.Wire, _ identifier: String?, method: String) -> Route {
        switch wire {
        case .query, .json: Route(method: "POST", uri: "/")
        case .restJSON, .restXML: Route(method: method, uri: identifier.map { "/tags/{\($0)}" } ?? "/tags")
        }
    }
}
