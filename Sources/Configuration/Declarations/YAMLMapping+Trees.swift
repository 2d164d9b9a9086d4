internal import AutoTagger
internal import JSON
internal import Yams

extension YAMLMapping {
    /// The text under a key, when there is one value; `nil`, without a complaint, when there is a mapping or a list.
    func scalar(_ key: String) -> String? { value(key)?.scalar?.string }

    /// A tree of any depth whose texts may hold `${…}`.
    ///
    /// - Parameter check: what is wrong with a name inside, or `nil`.
    func tree(_ key: String, check: (String) -> String?) -> JSONValue? {
        guard let node = value(key) else { return nil }
        return tree(node, under: key, check)
    }

    private func tree(_ node: Node, under key: String, _ check: (String) -> String?) -> JSONValue? {
        if let mapping = node.mapping {
            var members: [String: JSONValue] = [:]
            for (name, inner) in mapping { members[name.string ?? ""] = tree(inner, under: key, check) }
            return .object(members)
        }
        if let sequence = node.sequence { return .array(sequence.compactMap { tree($0, under: key, check) }) }
        guard let scalar = node.scalar else { return nil }
        if let flag = node.bool { return .bool(flag) }
        do {
            _ = try Template(scalar.string, check: check)
        } catch {
            report(error.message, key: key)
        }
        return .string(scalar.string)
    }
}
