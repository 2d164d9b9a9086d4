public import JSON

/// An EventBridge event pattern: which events a rule lets through.
///
/// The semantics are those of "Amazon EventBridge event patterns" and "Comparison operators for use in event patterns" in
/// its user guide, and of Event Ruler, the library that EventBridge itself runs. What is not known here is refused when
/// the pattern is read, so that no answer is ever a guess.
public struct EventBridgePattern: Sendable, Hashable {
    /// Fields that must all match, and alternatives of which one must where there are any.
    struct Node: Sendable, Hashable {
        var fields: [String: Field] = [:]
        var alternatives: [Node] = []
    }

    /// What is asked of one field.
    enum Field: Sendable, Hashable {
        case object(Node)
        case values([ValueMatcher])
    }

    private let root: Node

    /// Reads a pattern as `PutRule` takes it.
    ///
    /// - Throws: ``PatternError`` for what is no pattern, or holds an operator that is not known here.
    public init(_ text: String) throws(PatternError) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: text)
        } catch {
            throw PatternError("the pattern is no JSON: \(error.message)")
        }
        try self.init(document)
    }

    /// Reads a pattern that is a tree already.
    ///
    /// - Throws: ``PatternError`` as ``init(_:)-(String)`` does.
    public init(_ document: JSONValue) throws(PatternError) {
        root = try Self.node(document, at: "the pattern")
    }

    /// Whether the pattern lets an event through.
    ///
    /// - Parameter isUnknown: says of a field by its path (`detail.userIdentity.type`) that the event at hand cannot tell
    ///   its value; what is asked of such a field counts as met.
    public func matches(_ event: JSONValue, assuming isUnknown: (_ path: String) -> Bool = { _ in false }) -> Bool {
        Self.matches(root, event, path: "", isUnknown)
    }

    /// The paths of all fields that the pattern asks about.
    public var fields: Set<String> { Self.fields(root, path: "") }
}

/// Why a text is no event pattern.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and where.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}

extension EventBridgePattern {
    private static func node(_ value: JSONValue, at place: String) throws(PatternError) -> Node {
        guard let members = value.object, !members.isEmpty else {
            throw PatternError("\(place) must be an object with at least one field")
        }
        var node = Node()
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            if name == "$or", let alternatives = alternatives(member) {
                for one in alternatives { node.alternatives.append(try Self.node(one, at: "an alternative of $or")) }
            } else if let values = member.array {
                guard !values.isEmpty else { throw PatternError("'\(name)' has an empty list, which matches nothing") }
                var matchers: [ValueMatcher] = []
                for value in values { matchers.append(try ValueMatcher(value, of: name)) }
                node.fields[name] = .values(matchers)
            } else if member.isObject {
                node.fields[name] = .object(try Self.node(member, at: "'\(name)'"))
            } else {
                throw PatternError("'\(name)' must be a list of values or an object; write [\(member.compactText)]")
            }
        }
        return node
    }

    /// The alternatives of an `$or`, or `nil` where Event Ruler takes the name for an ordinary field's: with fewer than
    /// two objects, or with an operator's name among their fields.
    private static func alternatives(_ value: JSONValue) -> [JSONValue]? {
        guard let objects = value.array, objects.count >= 2 else { return nil }
        let areFields = objects.allSatisfy { object in
            object.object.map { members in !members.isEmpty && members.keys.allSatisfy { !reserved.contains($0) } }
                ?? false
        }
        return areFields ? objects : nil
    }

    private static let reserved: Set<String> = [
        "exact", "equals-ignore-case", "prefix", "suffix", "anything-but", "numeric", "exists", "cidr", "wildcard",
    ]

    private static func fields(_ node: Node, path: String) -> Set<String> {
        var found: Set<String> = []
        for (name, field) in node.fields {
            let inner = path.isEmpty ? name : "\(path).\(name)"
            switch field {
            case .values: found.insert(inner)
            case .object(let node): found.formUnion(fields(node, path: inner))
            }
        }
        for alternative in node.alternatives { found.formUnion(fields(alternative, path: path)) }
        return found
    }

    private static func matches(
        _ node: Node, _ event: JSONValue?, path: String, _ isUnknown: (String) -> Bool
    ) -> Bool {
        // Of an array of objects one element must meet the whole pattern: fields of two elements never add up to a match.
        if let elements = event?.array, elements.contains(where: \.isObject) {
            return elements.contains { matches(node, $0, path: path, isUnknown) }
        }
        let own = node.fields.allSatisfy { name, field in
            let inner = path.isEmpty ? name : "\(path).\(name)"
            let value = event?[name]
            switch field {
            case .values(let matchers):
                return isUnknown(inner) || matchers.contains { $0.matches(leaf: value) }
            case .object(let node): return matches(node, value, path: inner, isUnknown)
            }
        }
        guard own, !node.alternatives.isEmpty else { return own }
        return node.alternatives.contains { matches($0, event, path: path, isUnknown) }
    }
}
