internal import AWSClient
internal import AutoTagger
internal import JSON

extension TaggingAPI {
    /// The members that lead to a reply's next page.
    static let pageTokens = ["NextToken", "nextToken"]

    /// One of the two calls as the client knows it.
    ///
    /// Where something is around the tags (`Tagging.TagSet`), the outermost name is the whole body in REST, as in every such
    /// operation of AWS's models.
    func operation(_ call: Call) -> AWSOperation {
        let uri: String
        var placements: [String: AWSOperation.Placement]
        (uri, placements) = call.route
        let path = call.tags.split(separator: ".").map(String.init)
        let isREST = service.wire == .restXML || service.wire == .restJSON
        if isREST, call == write, path.count > 1 { placements[path[0]] = .payload }
        var lists: [String: AWSOperation.ListShape] = [:]
        if let element, let list = path.last { lists[list] = AWSOperation.ListShape(element: element) }
        return AWSOperation(
            service.awsService, call.operation, method: call.method, uri: uri, hostPrefix: call.hostPrefix,
            placements: placements, lists: lists, needsChecksum: needsChecksum && call == write)
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

extension TaggingAPI.Service {
    /// The service as the client knows it.
    var awsService: AWSService {
        let wire: AWSService.WireProtocol =
            switch wire {
            case .query: .query
            case .json: .json
            case .restJSON: .restJSON
            case .restXML: .restXML
            }
        return AWSService(
            id: sdkID, endpointPrefix: endpointPrefix, signingName: signingName, wire: wire, apiVersion: apiVersion,
            targetPrefix: targetPrefix, jsonVersion: jsonVersion, xmlNamespace: xmlNamespace)
    }
}

extension TaggingAPI.Call {
    /// The path without labels' members in its query, and where every member goes that does not go into the body.
    ///
    /// A label in the path or in the query takes its member there.
    var route: (uri: String, placements: [String: AWSOperation.Placement]) {
        var placements: [String: AWSOperation.Placement] = [:]
        let parts = uri.split(separator: "?", maxSplits: 1)
        for label in Self.labels(in: parts.first ?? "") { placements[label] = .label(label) }
        var fixed: [Substring] = []
        for pair in (parts.count == 2 ? parts[1] : "").split(separator: "&") {
            guard let label = Self.labels(in: pair).first else {
                fixed.append(pair)
                continue
            }
            placements[label] = .query(String(pair.prefix { $0 != "=" }))
        }
        for (member, header) in headers { placements[member] = .header(header) }
        if method == "GET" {
            for token in TaggingAPI.pageTokens { placements[token] = .query(token) }
        }
        return (String(parts.first ?? "/") + (fixed.isEmpty ? "" : "?" + fixed.joined(separator: "&")), placements)
    }

    private static func labels(in text: Substring) -> [String] {
        text.split(separator: "{").dropFirst().map { part in
            String(part.prefix { $0 != "}" && $0 != "+" })
        }
    }
}

extension PlannedCall.Spelling {
    /// The call as the client knows it.
    var operation: AWSOperation {
        let (uri, placements) = call.route
        return AWSOperation(
            service.awsService, call.operation, method: call.method, uri: uri, hostPrefix: call.hostPrefix,
            placements: placements)
    }
}
