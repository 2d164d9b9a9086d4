internal import AutoTagger
internal import CloudTrail
internal import JSON

/// The `tagging:` of a file or of one of its lines: what it says, before the defaults fill in the rest.
///
/// A line's says only what differs from its file's. The defaults follow the commonest family of APIs, `POST /tags/{arn}`
/// with a map, so that such a service needs three words.
struct TaggingDeclaration {
    /// The scalar that stands for the API of last resort.
    static let resourceGroups = "resource-groups"

    var usesResourceGroups = false
    private var words: [Word: String] = [:]
    private var flags: [Word: Bool] = [:]
    private var members: JSONValue?
    private var each: JSONValue?
    private var headers: JSONValue?
    private var permissions: [String]?
    private var read: ReadDeclaration = ReadDeclaration()

    private enum Word: String, CaseIterable {
        case wire, service, endpoint, signing, sdk, api, target, json, namespace, operation, uri, host, id, by, tags
        case `in`, key, value, element, refuses, replaces, caseless, checksum
    }

    init(_ mapping: YAMLMapping, over base: TaggingDeclaration?) {
        if let base { self = base }
        usesResourceGroups = false
        for word in Word.allCases {
            switch word {
            case .replaces, .caseless, .checksum: flags[word] = mapping.flag(word.rawValue) ?? flags[word]
            case .wire: words[word] = mapping.choice("wire", of: Self.wires) ?? words[word]
            case .by:
                words[word] = mapping.choice("by", of: TaggingAPI.Identifier.allCases.map(\.rawValue)) ?? words[word]
            case .tags: words[word] = mapping.choice("tags", of: ["list", "map"]) ?? words[word]
            default: words[word] = mapping.string(word.rawValue) ?? words[word]
            }
        }
        members = mapping.tree("with", check: DeclaredHandler.mistake) ?? members
        each = mapping.tree("each", check: DeclaredHandler.mistake) ?? each
        headers = mapping.tree("headers", check: DeclaredHandler.mistake) ?? headers
        permissions = mapping.strings("permissions") ?? permissions
        read = ReadDeclaration(mapping, over: read)
        mapping.refuseUnknownKeys()
        if words[.operation] == nil {
            mapping.report("'operation' is missing: the API that tags, such as TagResource")
        }
        if wire == nil { return }
        if words[.id] == nil, members == nil, each == nil {
            mapping.report("'id' is missing: the member of the request that names the resource, such as resourceArn")
        }
        if words[.tags] == nil, !mapping.has("tags") {
            mapping.report("'tags' is missing: 'list' for [{Key, Value}, …], 'map' for {key: value, …}")
        }
        if wire == .json, words[.target] == nil {
            mapping.report("'target' is missing: what stands before the operation in X-Amz-Target, such as AmazonSSM")
        }
        if wire == .query, words[.api] == nil {
            mapping.report("'api' is missing: the API's date, such as 2014-10-31")
        }
    }

    init(usesResourceGroups: Bool) { self.usesResourceGroups = usesResourceGroups }

    private static let wires = ["ec2"] + TaggingAPI.Wire.allCases.map(\.rawValue)

    /// The wire; `nil` for EC2's, which is not described but built in.
    private var wire: TaggingAPI.Wire? {
        words[.wire] == "ec2" ? nil : words[.wire].flatMap(TaggingAPI.Wire.init) ?? .restJSON
    }

    /// The operation with every default filled in.
    ///
    /// - Parameter source: the event source, whose first part is the usual name of everything.
    func operation(plugin: String, source: String?) -> TaggingOperation? {
        if usesResourceGroups { return .resourceGroups }
        guard let name = words[.operation] else { return nil }
        let label = source.map { String($0.prefix { $0 != "." }) } ?? plugin
        let endpoint = words[.endpoint] ?? label
        let signing = words[.signing] ?? endpoint
        let permissionPrefix = words[.service] ?? signing
        guard let wire else { return .ec2 }
        let service = TaggingAPI.Service(
            sdkID: words[.sdk] ?? plugin, endpointPrefix: endpoint, signingName: signing, wire: wire,
            apiVersion: words[.api] ?? "", targetPrefix: words[.target], jsonVersion: words[.json] ?? "1.1",
            xmlNamespace: words[.namespace])
        let write = writing(name, wire)
        let reading = read.call(like: write, wire)
        let api = TaggingAPI(
            service: service, write: write, read: reading,
            takes: words[.by].flatMap(TaggingAPI.Identifier.init) ?? .arn, form: form(write), element: words[.element],
            each: each ?? [:], replacesAll: flags[.replaces] ?? false, ignoresKeyCase: flags[.caseless] ?? false,
            needsChecksum: flags[.checksum] ?? false,
            refusedCharacters: words[.refuses] ?? "",
            permissions: permissions
                ?? [name, reading?.operation].compactMap { $0.map { "\(permissionPrefix):\($0)" } })
        return TaggingOperation(permissionPrefix, name, api: api)
    }

    private func writing(_ name: String, _ wire: TaggingAPI.Wire) -> TaggingAPI.Call {
        let identifier = words[.id].map(ListedName.init)
        let route = Route(words[.uri], usual: ReadDeclaration.usualRoute(wire, identifier?.name, method: "POST"))
        return TaggingAPI.Call(
            operation: name, method: route.method, uri: route.uri, hostPrefix: words[.host] ?? "",
            headers: (headers?.object ?? [:]).compactMapValues(\.scalarText), identifier: identifier?.name,
            takesList: identifier?.isList ?? false, members: members ?? [:],
            tags: words[.in] ?? (identifier?.name.first?.isLowercase == true ? "tags" : "Tags"))
    }

    /// Keys and values are spelled as the list itself is: `Tags` of `Key` and `Value`, `tags` of `key` and `value`.
    private func form(_ write: TaggingAPI.Call) -> TaggingAPI.Form {
        guard words[.tags] != "map" else { return .map }
        let isLower = write.tags.first?.isLowercase == true
        return .list(
            key: words[.key] ?? (isLower ? "key" : "Key"), value: words[.value] ?? (isLower ? "value" : "Value"))
    }
}

/// A member's name that may end in `[]`, where it takes a list.
struct ListedName {
    let name: String
    let isList: Bool

    init(_ text: String) {
        isList = text.hasSuffix("[]")
        name = isList ? String(text.dropLast(2)) : text
    }
}

/// `POST /tags/{resourceArn}`.
struct Route {
    let method: String
    let uri: String

    init(_ text: String?, usual: Route) {
        guard let text else {
            self = usual
            return
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        self.init(method: parts.count == 2 ? String(parts[0]) : usual.method, uri: String(parts.last ?? "/"))
    }

    init(method: String, uri: String) {
        self.method = method
        self.uri = uri
    }
}
