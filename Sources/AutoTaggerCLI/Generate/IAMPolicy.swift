import AutoTagger
import JSON

/// The permissions that handlers need: least privilege, in policies that IAM takes.
///
/// A managed policy is at most 6,144 characters ("IAM and AWS STS quotas" in the IAM user guide).
struct IAMPolicy {
    static let maximumLength = 6144

    private let actions: [Permission.Use: [String]]
    private let tagKeys: [String]

    /// The policy of these handlers, which write tags of these keys on the ways that the route says.
    init(handlers: [any ResourceHandler], tagKeys: [String], route: TaggingRoute = TaggingRoute()) {
        var uses: [String: Set<Permission.Use>] = [:]
        for handler in handlers {
            for permission in handler.permissions(by: route) {
                uses[permission.action, default: []].insert(permission.use)
            }
        }
        // What one handler uses without bounds must not be bounded for it by another one's sake.
        actions = Dictionary(grouping: uses.keys.sorted()) { action in
            let its = uses[action] ?? []
            return its.contains(.writeAnyKey) ? .writeAnyKey : its.contains(.write) ? .write : .read
        }
        self.tagKeys = tagKeys
    }

    /// Policies that together allow everything, each within IAM's limit.
    var documents: [JSONValue] {
        var documents: [JSONValue] = []
        var statements: [JSONValue] = []
        for statement in self.statements {
            if !statements.isEmpty, Self.document(statements + [statement]).compactText.utf8.count > Self.maximumLength
            {
                documents.append(Self.document(statements))
                statements = []
            }
            statements.append(statement)
        }
        return statements.isEmpty ? documents : documents + [Self.document(statements)]
    }

    /// Small enough that a few fill a policy well.
    private static let actionsPerStatement = 50

    private var statements: [JSONValue] {
        let kinds: [(name: String, use: Permission.Use)] = [
            ("ReadTags", .read), ("WriteTags", .write), ("WriteTagsOfAnyKey", .writeAnyKey),
        ]
        return kinds.flatMap { name, use -> [JSONValue] in
            let actions = actions[use] ?? []
            return stride(from: 0, to: actions.count, by: Self.actionsPerStatement).map { start -> JSONValue in
                let some = actions[start..<min(start + Self.actionsPerStatement, actions.count)]
                var statement: [String: JSONValue] = [
                    "Sid": .string("\(name)\(start / Self.actionsPerStatement + 1)"), "Effect": "Allow",
                    "Action": .array(some.map { .string($0) }), "Resource": "*",
                ]
                if use == .write, !tagKeys.isEmpty {
                    statement["Condition"] = [
                        "ForAllValues:StringEquals": ["aws:TagKeys": .array(tagKeys.map { .string($0) })]
                    ]
                }
                return .object(statement)
            }
        }
    }

    private static func document(_ statements: [JSONValue]) -> JSONValue {
        ["Version": "2012-10-17", "Statement": .array(statements)]
    }
}
