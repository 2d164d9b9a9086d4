internal import AutoTagger
internal import CloudTrail
internal import JSON

/// The `ask:` of a line: the call that tells what its event does not.
///
/// Few need it: a rule of AWS Config has an id that only describing it shows, and Cloud Map answers a creation with the id of an
/// operation. What comes back stands beside the record as `answer`, for the line's paths.
struct DeclaredQuestion: Sendable {
    /// What paths into the answer begin with.
    static let root = "answer"

    private let service: String
    private let spelling: PlannedCall.Spelling

    /// The permission that the call needs.
    var action: String { "\(service):\(spelling.call.operation)" }

    /// Reads the mapping; `nil` when something in it is wrong, which has been reported then.
    init?(_ mapping: YAMLMapping, of tagging: TaggingOperation?) {
        let operation = mapping.string("operation")
        let members = mapping.tree("with", check: DeclaredHandler.mistake)
        let uri = mapping.string("uri")
        mapping.refuseUnknownKeys()
        if operation == nil {
            mapping.report("'operation' is missing: the call that tells, such as DescribeConfigRules")
        }
        guard let api = tagging?.api else {
            if tagging != nil { mapping.report("only a service that tags by an operation of its own can be asked") }
            return nil
        }
        let usual = ReadDeclaration.usualRoute(api.service.wire, nil, method: "GET")
        if [.restJSON, .restXML].contains(api.service.wire), uri == nil {
            mapping.report("'uri' is missing: the method and path of the call, such as 'GET /apps/{appId}'")
        }
        guard let operation else { return nil }
        let route = Route(uri, usual: usual)
        service = tagging?.service ?? ""
        spelling = PlannedCall.Spelling(
            service: api.service,
            call: TaggingAPI.Call(
                operation: operation, method: route.method, uri: route.uri, identifier: nil, members: members ?? [:],
                tags: ""))
    }

    /// The call about one event; `nil` when the event lacks what the call needs.
    func call(filling value: (String) -> String?) -> PlannedCall? {
        let members = spelling.call.members
        guard members.texts.allSatisfy({ JSONValue.string($0).filled(value) != nil }) else { return nil }
        return PlannedCall(
            service: service, operation: spelling.call.operation, parameters: members.filled(value) ?? [:],
            spelling: spelling)
    }
}

extension CloudTrailEvent {
    /// The event with an answer beside what its record says.
    func beside(_ answer: JSONValue) -> CloudTrailEvent {
        var members = record.object ?? [:]
        members[DeclaredQuestion.root] = answer
        return CloudTrailEvent(record: .object(members))
    }
}

extension JSONValue {
    /// Every text in the tree.
    fileprivate var texts: [String] {
        switch kind {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(\.texts)
        case .object(let members): members.values.flatMap(\.texts)
        default: []
        }
    }
}
