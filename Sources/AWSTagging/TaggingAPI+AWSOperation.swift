internal import AWSClient
internal import AutoTagger
internal import JSON

extension TaggingAPI {
    /// The members that lead to a reply's next page.
    static let pageTokens = ["NextToken", "nextToken"]

    /// The service as the client knows it.
    var awsService: AWSService {
        let wire: AWSService.WireProtocol =
            switch service.wire {
            case .query: .query
            case .json: .json
            case .restJSON: .restJSON
            case .restXML: .restXML
            }
        return AWSService(
            id: service.sdkID, endpointPrefix: service.endpointPrefix, signingName: service.signingName, wire: wire,
            apiVersion: service.apiVersion, targetPrefix: service.targetPrefix, jsonVersion: service.jsonVersion,
            xmlNamespace: service.xmlNamespace)
    }

    /// One of the two calls as the client knows it.
    ///
    /// A label in the path or in the query takes its member there. Where something is around the tags (`Tagging.TagSet`),
    /// the outermost name is the whole body in REST, as in every such operation of AWS's models.
    func operation(_ call: Call) -> AWSOperation {
        var placements: [String: AWSOperation.Placement] = [:]
        let parts = call.uri.split(separator: "?", maxSplits: 1)
        for label in Self.labels(in: parts.first ?? "") { placements[label] = .label(label) }
        var fixed: [Substring] = []
        for pair in (parts.count == 2 ? parts[1] : "").split(separator: "&") {
            guard let label = Self.labels(in: pair).first else {
                fixed.append(pair)
                continue
            }
            placements[label] = .query(String(pair.prefix { $0 != "=" }))
        }
        for (member, header) in call.headers { placements[member] = .header(header) }
        if call.method == "GET" {
            for token in Self.pageTokens { placements[token] = .query(token) }
        }
        let path = call.tags.split(separator: ".").map(String.init)
        let isREST = service.wire == .restXML || service.wire == .restJSON
        if isREST, call == write, path.count > 1 { placements[path[0]] = .payload }
        var lists: [String: AWSOperation.ListShape] = [:]
        if let element, let list = path.last { lists[list] = AWSOperation.ListShape(element: element) }
        return AWSOperation(
            awsService, call.operation, method: call.method,
            uri: String(parts.first ?? "/") + (fixed.isEmpty ? "" : "?" + fixed.joined(separator: "&")),
            hostPrefix: call.hostPrefix, placements: placements, lists: lists,
            needsChecksum: needsChecksum && call == write)
    }

    private static func labels(in text: Substring) -> [String] {
        text.split(separator: "{").dropFirst().map { part in
            String(part.prefix { $0 != "}" && $0 != "+" })
        }
    }

    /// The input of a call for one resource.
    func input(_ call: Call, for resource: TaggableResource) -> JSONValue {
        var members = call.members.object ?? [:]
        if let identifier = call.identifier {
            let name = JSONValue.string(takes == .arn ? resource.arn : resource.id)
            members[identifier] = call.takesList ? .array([name]) : name
        }
        return .object(members)
    }

    /// The input of the call that writes these tags on a resource.
    func input(writing tags: [Tag], on resource: TaggableResource) -> JSONValue {
        let value: JSONValue =
            switch form {
            case .map: .object(Dictionary(tags.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { $1 }))
            case .list(let key, let value):
                .array(
                    tags.map { tag in
                        var element = each.object ?? [:]
                        element[key] = .string(tag.key)
                        element[value] = .string(tag.value)
                        return .object(element)
                    })
            }
        let path = write.tags.split(separator: ".").map(String.init)
        let wrapped = path.dropFirst().reversed().reduce(value) { inner, name in .object([name: inner]) }
        var members = input(write, for: resource).object ?? [:]
        members[path.first ?? "Tags"] = wrapped
        return .object(members)
    }
}
