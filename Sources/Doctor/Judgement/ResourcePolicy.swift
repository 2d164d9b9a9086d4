internal import AutoTagger
internal import JSON

/// A resource's own policy, such as a queue's, and what it answers to an AWS service.
///
/// After "Policy evaluation logic" in the IAM user guide: a statement that denies wins, else one that allows is needed.
struct ResourcePolicy: Sendable {
    /// What the policy answers.
    enum Answer: Sendable, Hashable {
        case allowed
        /// No statement allows it.
        case notAllowed
        /// A statement denies it.
        case denied
        /// It hangs on a condition that cannot be judged from here, of a statement that allows or of one that denies.
        case depends(condition: String)
    }

    private let statements: [JSONValue]

    /// Reads a policy; `nil` where it is none.
    init?(_ text: String) {
        guard let document = try? JSONValue(parsing: text), let statement = document["Statement"] else { return nil }
        statements = statement.array ?? [statement]
    }

    /// What it answers when a service does an action on a resource.
    ///
    /// - Parameter context: the condition keys that are known, in lower case.
    func answer(
        service: String, action: String, resource: String, context: [String: String]
    ) -> Answer {
        var allowed = Answer.notAllowed
        var doubt: Answer?
        for statement in statements {
            guard Self.speaks(statement, of: service, action, resource) else { continue }
            let open = Self.conditions(statement["Condition"], context)
            let denies = statement["Effect"]?.string == "Deny"
            switch open {
            case .notAllowed, .denied: continue
            case .allowed where denies: return .denied
            case .allowed: allowed = .allowed
            case .depends where denies: doubt = doubt ?? open
            case .depends: if allowed == .notAllowed { allowed = open }
            }
        }
        return allowed == .allowed ? doubt ?? .allowed : allowed
    }

    private static func speaks(
        _ statement: JSONValue, of service: String, _ action: String, _ resource: String
    ) -> Bool {
        let principal = statement["Principal"]
        let names = texts(principal?["Service"]) + texts(principal?["AWS"]).filter { $0 == "*" }
        guard principal?.string == "*" || names.contains(service) || names.contains("*") else { return false }
        func covers(_ name: String, _ value: String, ignoringCase: Bool) -> Bool {
            if let some = statement[name] {
                return texts(some).contains { Glob($0, ignoringCase: ignoringCase).matches(value) }
            }
            if let others = statement["Not\(name)"] {
                return !texts(others).contains { Glob($0, ignoringCase: ignoringCase).matches(value) }
            }
            return false
        }
        return covers("Action", action, ignoringCase: true) && covers("Resource", resource, ignoringCase: false)
    }

    /// Whether all conditions are met; `depends` names the first that cannot be judged.
    private static func conditions(_ conditions: JSONValue?, _ context: [String: String]) -> Answer {
        var open: Answer?
        for (name, keys) in (conditions?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            for (key, values) in (keys.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let value = context[key.lowercased()], let isMet = isMet(name, value, by: texts(values)) else {
                    open = open ?? .depends(condition: "\(name) on \(key)")
                    continue
                }
                if !isMet { return .notAllowed }
            }
        }
        return open ?? .allowed
    }

    /// Whether a condition's operator is met; `nil` for one that is not known here.
    private static func isMet(_ name: String, _ value: String, by wanted: [String]) -> Bool? {
        let bare = name.split(separator: ":").last.map(String.init) ?? name
        let operation = bare.hasSuffix("IfExists") ? String(bare.dropLast(8)) : bare
        func any(_ test: (String) -> Bool) -> Bool { wanted.contains(where: test) }
        return switch operation {
        case "StringEquals": any { $0 == value }
        case "StringNotEquals": !any { $0 == value }
        case "StringEqualsIgnoreCase", "Bool": any { $0.lowercased() == value.lowercased() }
        case "StringLike", "ArnEquals", "ArnLike": any { Glob($0).matches(value) }
        case "StringNotLike", "ArnNotEquals", "ArnNotLike": !any { Glob($0).matches(value) }
        default: nil
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        value.map { $0.array ?? [$0] }?.compactMap(\.scalarText) ?? []
    }
}
