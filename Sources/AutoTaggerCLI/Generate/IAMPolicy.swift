import AutoTagger
import JSON

/// The permissions that handlers need: least privilege, in policies that IAM takes.
///
/// A managed policy is at most 6,144 characters ("IAM and AWS STS quotas" in the IAM user guide).
struct IAMPolicy {
    static let maximumLength = 6144

    private let reads: [String]
    private let writes: [String]
    private let replacements: [String]
    private let tagKeys: [String]

    /// The policy of these handlers, which write tags of these keys.
    init(handlers: [any ResourceHandler], tagKeys: [String]) {
        var reads: Set<String> = []
        var writes: Set<String> = []
        var replacements: Set<String> = []
        for handler in handlers {
            reads.formUnion(handler.lookupActions)
            let replacesAll = handler.tagging.api?.replacesAll == true
            for permission in handler.tagging.permissions {
                if Self.isReading(permission) {
                    reads.insert(permission)
                } else if replacesAll {
                    replacements.insert(permission)
                } else {
                    writes.insert(permission)
                }
            }
        }
        self.reads = reads.sorted()
        self.writes = writes.subtracting(replacements).sorted()
        self.replacements = replacements.sorted()
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
        // A call that replaces all tags carries other people's keys, too.
        let kinds = [("Read", reads, false), ("Write", writes, true), ("Replace", replacements, false)]
        return kinds.flatMap { name, actions, isLimited in
            stride(from: 0, to: actions.count, by: Self.actionsPerStatement).map { start in
                let some = actions[start..<min(start + Self.actionsPerStatement, actions.count)]
                var statement: [String: JSONValue] = [
                    "Sid": .string("\(name)Tags\(start / Self.actionsPerStatement + 1)"), "Effect": "Allow",
                    "Action": .array(some.map { .string($0) }), "Resource": "*",
                ]
                if isLimited, !tagKeys.isEmpty {
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

    private static func isReading(_ permission: String) -> Bool {
        let action = permission.drop { $0 != ":" }.dropFirst()
        return ["Get", "GET", "List", "Describe"].contains { action.hasPrefix($0) }
    }
}
