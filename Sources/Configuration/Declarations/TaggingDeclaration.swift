internal import AutoTagger
internal import CloudTrail
internal import JSON

/// The `tagging:` of a file or of one of its lines: what it says, before the defaults fill in the rest.
///
/// A line's says only what differs from its file's. The defaults follow the commonest family of APIs, `POST /tags/{arn}`
/// with a map, so that such a service needs three words.
struct TaggingDeclaration {
    /// What stands for the Resource Groups Tagging API, as the whole of `tagging:` or as its `wire`.
    static let resourceGroups = "resource-groups"

    private var words: [Word: String] = [:]
    private var flags: [Word: Bool] = [:]
    private var members: JSONValue?
    private var each: JSONValue?
    private var headers: JSONValue?
    private var permissions: [String]?
    private var read: ReadDeclaration = ReadDeclaration()

    private enum Word: String, CaseIterable {
        case wire, service, endpoint, signing, sdk, api, target, json, namespace, operation, uri, host, id, by, tags
        case `in`, key, value, element, refuses, replaces, checksum, tagKeys
    }

    init(_ mapping: YAMLMapping, over base: TaggingDeclaration?) {
        if let base { self = base }
        // A line that names an operation has one of its own, whatever the file says.
        if usesResourceGroups, mapping.keys.contains("operation") { words[.wire] = nil }
        for word in Word.allCases {
            switch word {
            case .replaces, .checksum, .tagKeys: flags[word] = mapping.flag(word.rawValue) ?? flags[word]
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
        if usesResourceGroups { return }
        if words[.operation] == nil {
            mapping.report("'operation' is missing: the API that tags, such as TagResource")
        }
        if wire == nil { return }
        if words[.id] == nil, members == nil, each == nil {
            mapping.report("'id' is missing: the member of the request that names the resource, such as resourceArn")
        }
        if words[.tags] == nil {
            mapping.report("'tags' is missing: 'list' for [{Key, Value}, …], 'map' for {key: value, …}")
        }
        if wire == .json, words[.target] == nil {
            mapping.report("'target' is missing: what stands before the operation in X-Amz-Target, such as AmazonSSM")
        }
        if wire == .query, words[.api] == nil {
            mapping.report("'api' is missing: the API's date, such as 2014-10-31")
        }
    }

    /// The Resource Groups Tagging API, with the usual permission of the resource's own service.
    static let throughResourceGroups: TaggingDeclaration = {
        var declaration = TaggingDeclaration()
        declaration.words[.wire] = resourceGroups
        return declaration
    }()

    private init() {}

    private static let wires = ["ec2", resourceGroups] + TaggingAPI.Wire.allCases.map(\.rawValue)

    private var usesResourceGroups: Bool { words[.wire] == Self.resourceGroups }

    /// The wire; `nil` for EC2's, which is not described but built in.
    private var wire: TaggingAPI.Wire? {
        words[.wire] == "ec2" ? nil : words[.wire].flatMap(TaggingAPI.Wire.init) ?? .restJSON
    }

    /// The operation with every default filled in.
    ///
    /// - Parameter source: the event source, whose first part is the usual name of everything.
    func operation(plugin: String, source: String?) -> TaggingOperation? {
        let label = source.map { String($0.prefix { $0 != "." }) } ?? plugin
        if usesResourceGroups {
            let own = permissions ?? ["\(words[.service] ?? label):TagResource"]
            return .resourceGroups(also: own.map { Permission($0, seesKeys: flags[.tagKeys] ?? true) })
        }
        guard let name = words[.operation] else { return nil }
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
            each: each ?? [:], replacesAll: flags[.replaces] ?? false, needsChecksum: flags[.checksum] ?? false,
            refusedCharacters: words[.refuses] ?? "",
            permissions: needed(of: permissionPrefix, name, reading))
        return TaggingOperation(permissionPrefix, name, api: api)
    }

    /// The permissions that are stated, or else those of the operations' own names.
    private func needed(of prefix: String, _ name: String, _ reading: TaggingAPI.Call?) -> [Permission] {
        let stated = permissions ?? [name, reading?.operation].compactMap { $0.map { "\(prefix):\($0)" } }
        let seesKeys = flags[.tagKeys] ?? !(flags[.replaces] ?? false)
        let own = stated.map { Permission($0, seesKeys: seesKeys) }
        return reading == nil ? own + [Permission("tag:GetResources", .read)] : own
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
