public import CloudTrail

/// The names that a tag's template may use, and what they stand for.
public struct TagFields: Sendable {
    /// Both are large values, and one is asked for every tag of every resource: a reference is copied faster.
    private final class Source: Sendable {
        let identity: Identity
        let event: CloudTrailEvent

        init(_ identity: Identity, _ event: CloudTrailEvent) {
            self.identity = identity
            self.event = event
        }
    }

    private let source: Source

    /// The fields of one event.
    public init(identity: Identity, event: CloudTrailEvent) { source = Source(identity, event) }

    private static let identityFields: [String: @Sendable (Identity) -> String?] = [
        "name": \.name, "arn": \.arn, "email": \.email, "account": \.accountID, "principalId": \.principalID,
        "type": \.type, "role": \.role, "session": \.session, "invokedBy": \.invokedBy,
        "sourceIdentity": \.sourceIdentity, "provider": \.provider, "permissionSet": \.permissionSet,
        "machine": \.machine, "workload": \.workload, "broker": \.broker, "alias": \.alias, "display": \.display,
        "confidence": \.confidence.rawValue,
    ]
    private static let eventFields: [String: @Sendable (CloudTrailEvent) -> String?] = [
        "time": \.eventTimeText, "date": { String($0.eventTimeText.prefix(10)) }, "name": \.eventName,
        "source": \.eventSource, "id": \.eventID, "region": \.region, "account": \.accountID,
        "partition": \.partition,
    ]
    private static let resourceFields: [String: @Sendable (TaggableResource) -> String?] = [
        "id": \.id, "arn": \.arn, "type": \.type.description,
    ]
    private static let parentFields: [String: @Sendable (TaggableResource) -> String?] = [
        "id": { $0.parent?.id }, "type": { $0.parent?.type.description },
    ]

    /// What is wrong with a name in a template, or `nil` when it is known.
    public static func mistake(in name: String) -> String? {
        let (root, field) = split(name)
        switch root {
        case "identity": return unknown(field, of: root, among: identityFields.keys)
        case "resource": return unknown(field, of: root, among: resourceFields.keys)
        case "parent": return unknown(field, of: root, among: parentFields.keys)
        case "event":
            return field.isEmpty || FieldPath(field) == nil ? "'${\(name)}' is no path into the event" : nil
        default:
            let hint = Suggestion.nearest(to: root, among: ["identity", "event", "resource", "parent"])
            return "unknown name '${\(name)}'; a name begins with identity., event., resource. or parent."
                + (hint.map { " (did you mean '\($0)'?)" } ?? "")
        }
    }

    /// Whether a name stands for something of the resource rather than of the event.
    static func isOfResource(_ name: String) -> Bool {
        let root = split(name).root
        return root == "resource" || root == "parent"
    }

    /// What a name stands for, for one resource of the event, or for the event alone; `nil` when it stands for nothing here.
    public func value(of name: String, for resource: TaggableResource?) -> String? {
        let (root, field) = Self.split(name)
        switch root {
        case "identity": return Self.identityFields[field]?(source.identity)
        case "resource": return resource.flatMap { Self.resourceFields[field]?($0) }
        case "parent": return resource.flatMap { Self.parentFields[field]?($0) }
        case "event":
            if let known = Self.eventFields[field] { return known(source.event) }
            return FieldPath(field)?.value(in: source.event)
        default: return nil
        }
    }

    private static func split(_ name: String) -> (root: String, field: String) {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return (name, "") }
        return (String(name[..<dot]), String(name[name.utf8.index(after: dot)...]))
    }

    private static func unknown(_ field: String, of root: String, among known: some Collection<String>) -> String? {
        if known.contains(field) { return nil }
        let hint = Suggestion.nearest(to: field, among: known).map { " (did you mean '\(root).\($0)'?)" } ?? ""
        return "unknown name '${\(root).\(field)}'; there are: "
            + known.sorted().map { "\(root).\($0)" }.joined(separator: ", ") + hint
    }
}
