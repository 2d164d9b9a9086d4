internal import AutoTagger
internal import Yams

/// A mapping of a YAML file, read key by key; what nobody asked for is a mistake.
///
/// Every reader reports what is wrong with the place, the reason and the nearest right word, and answers `nil`.
final class YAMLMapping {
    private let document: YAMLDocument
    private let node: Node
    private var known: [String] = []

    init(_ document: YAMLDocument, _ node: Node) {
        self.document = document
        self.node = node
    }

    /// The keys in the order of the file.
    var keys: [String] { node.mapping?.keys.compactMap(\.string) ?? [] }

    /// The node under a key; `nil` when absent or explicitly null.
    func value(_ key: String) -> Node? {
        known.append(key)
        guard let found = node.mapping?[key], found.null == nil else { return nil }
        return found
    }

    /// Whether the key stands there with nothing or `null` behind it.
    func isNull(_ key: String) -> Bool {
        known.append(key)
        return node.mapping?[key]?.null != nil
    }

    /// A text, number or flag as it was written.
    func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let scalar = value.scalar else {
            report("'\(key)' takes one value, not a \(Self.kind(value))", at: value)
            return nil
        }
        return scalar.string
    }

    /// One of a few words.
    func choice(_ key: String, of words: [String]) -> String? {
        guard let text = string(key) else { return nil }
        guard words.contains(text) else {
            let hint = Suggestion.nearest(to: text, among: words).map { " (did you mean '\($0)'?)" } ?? ""
            report("'\(key)' is '\(text)'; it takes one of: \(words.joined(separator: ", "))\(hint)", at: value(key))
            return nil
        }
        return text
    }

    /// `true` or `false`.
    func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let scalar = value.scalar, scalar.style == .plain, let flag = Bool(scalar.string) else {
            report("'\(key)' takes true or false", at: value)
            return nil
        }
        return flag
    }

    /// A list of texts; a lone one counts as a list of one.
    func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        if let scalar = value.scalar { return [scalar.string] }
        guard let sequence = value.sequence else {
            report("'\(key)' takes a list, not a \(Self.kind(value))", at: value)
            return nil
        }
        return sequence.compactMap { element in
            guard let scalar = element.scalar else {
                report("'\(key)' takes a list of texts; here is a \(Self.kind(element))", at: element)
                return nil
            }
            return scalar.string
        }
    }

    /// A mapping under a key.
    func mapping(_ key: String) -> YAMLMapping? {
        guard let value = value(key) else { return nil }
        guard value.mapping != nil else {
            report("'\(key)' takes a mapping, not a \(Self.kind(value))", at: value)
            return nil
        }
        return YAMLMapping(document, value)
    }

    /// The mappings under a key: a list of them, or one alone.
    func mappings(_ key: String) -> [YAMLMapping] {
        guard let value = value(key) else { return [] }
        if value.mapping != nil { return [YAMLMapping(document, value)] }
        guard let sequence = value.sequence else {
            report("'\(key)' takes a mapping or a list of mappings, not a \(Self.kind(value))", at: value)
            return []
        }
        return sequence.compactMap { element in
            guard element.mapping != nil else {
                report("'\(key)' takes a list of mappings; here is a \(Self.kind(element))", at: element)
                return nil
            }
            return YAMLMapping(document, element)
        }
    }

    /// A length of time such as `90s`, `5m`, `2h` or `7d`.
    func duration(_ key: String) -> Duration? {
        guard let text = string(key) else { return nil }
        guard let duration = DurationText.parse(text) else {
            report("'\(key)' is '\(text)'; it takes a length of time such as 90s, 5m, 2h or 7d", at: value(key))
            return nil
        }
        return duration
    }

    /// A whole number within bounds.
    func integer(_ key: String, in bounds: ClosedRange<Int>) -> Int? {
        guard let text = string(key) else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            report(
                "'\(key)' is '\(text)'; it takes a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
                at: value(key))
            return nil
        }
        return number
    }

    /// Where a ledger is.
    func location(_ key: String) -> LedgerLocation? {
        guard let text = string(key) else { return nil }
        do throws(ConfigurationError) { return try LedgerLocation(text) } catch {
            report(error.description, at: value(key))
            return nil
        }
    }

    /// Reports a mistake at a key, or at the mapping where the key is not there.
    func report(_ message: String, key: String? = nil) {
        document.report(message, at: key.flatMap { node.mapping?[$0] } ?? node)
    }

    /// Reports every key that nobody asked for.
    func refuseUnknownKeys() {
        guard let mapping = node.mapping else { return }
        for (key, _) in mapping {
            let name = key.string ?? "?"
            guard !known.contains(name) else { continue }
            let hint = Suggestion.nearest(to: name, among: Set(known)).map { " (did you mean '\($0)'?)" } ?? ""
            let words = Set(known).sorted().joined(separator: ", ")
            report("unknown key '\(name)'\(hint); known here: \(words)", at: key)
        }
    }

    private func report(_ message: String, at node: Node?) { document.report(message, at: node) }

    private static func kind(_ node: Node) -> String {
        switch node {
        case .scalar: "single value"
        case .mapping: "mapping"
        case .sequence: "list"
        case .alias: "alias"
        }
    }
}
