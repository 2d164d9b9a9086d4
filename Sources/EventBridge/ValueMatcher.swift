internal import JSON

/// One element of a pattern's list: a value, or an operator over values.
enum ValueMatcher: Sendable, Hashable {
    case exact(JSONValue)
    case prefix(String)
    case prefixIgnoringCase(String)
    case suffix(String)
    case suffixIgnoringCase(String)
    case equalsIgnoringCase(String)
    case wildcard(Wildcard)
    case numeric([Bound])
    case exists(Bool)
    /// Anything except what one of these matches.
    case anythingBut([ValueMatcher])

    /// One comparison of `numeric`.
    struct Bound: Sendable, Hashable {
        let comparison: String
        let limit: Double

        func holds(for number: Double) -> Bool {
            switch comparison {
            case "<": number < limit
            case "<=": number <= limit
            case ">": number > limit
            case ">=": number >= limit
            default: number == limit
            }
        }
    }

    /// Reads an element.
    init(_ value: JSONValue, of field: String) throws(PatternError) {
        switch value.kind {
        case .string, .integer, .number, .bool, .null: self = .exact(value)
        case .array: throw PatternError("'\(field)' has a list within its list")
        case .object(let members):
            guard members.count == 1, let (name, operand) = members.first else {
                throw PatternError("an operator of '\(field)' must stand alone in its object")
            }
            self = try Self.operation(name, operand, of: field)
        }
    }

    private static func operation(
        _ name: String, _ operand: JSONValue, of field: String
    ) throws(PatternError) -> ValueMatcher {
        switch name {
        case "exists":
            guard case .bool(let flag) = operand.kind else { throw wrong(name, field, "true or false") }
            return .exists(flag)
        case "numeric": return .numeric(try bounds(operand, field))
        case "anything-but": return .anythingBut(try exceptions(operand, of: field))
        default: return try textOperation(name, operand, of: field)
        }
    }

    private static func textOperation(
        _ name: String, _ operand: JSONValue, of field: String
    ) throws(PatternError) -> ValueMatcher {
        // `{"prefix": {"equals-ignore-case": "x"}}`
        if name == "prefix" || name == "suffix", let text = operand["equals-ignore-case"]?.string,
            operand.object?.count == 1
        {
            return name == "prefix" ? .prefixIgnoringCase(text) : .suffixIgnoringCase(text)
        }
        switch name {
        case "prefix": return .prefix(try text(name, operand, field))
        case "suffix": return .suffix(try text(name, operand, field))
        case "equals-ignore-case": return .equalsIgnoringCase(try text(name, operand, field))
        case "wildcard": return .wildcard(try Wildcard(text(name, operand, field), of: field))
        default: throw PatternError("'\(field)' uses the operator '\(name)', which is not known here")
        }
    }

    /// What `anything-but` excepts: values, or one operator over a text or several.
    private static func exceptions(_ operand: JSONValue, of field: String) throws(PatternError) -> [ValueMatcher] {
        guard let (name, inner) = operand.object?.first else {
            let values = operand.array ?? [operand]
            let areValues = values.allSatisfy { $0.string != nil || $0.isNumber }
            guard !values.isEmpty, areValues else { throw wrong("anything-but", field, "texts or numbers") }
            return values.map(ValueMatcher.exact)
        }
        guard operand.object?.count == 1, ["prefix", "suffix", "equals-ignore-case", "wildcard"].contains(name) else {
            throw PatternError("'\(field)' uses 'anything-but' with '\(name)', which is not known here")
        }
        var matchers: [ValueMatcher] = []
        for value in inner.array ?? [inner] { matchers.append(try textOperation(name, value, of: field)) }
        guard !matchers.isEmpty else { throw wrong("anything-but", field, "at least one text") }
        return matchers
    }

    private static func bounds(_ operand: JSONValue, _ field: String) throws(PatternError) -> [Bound] {
        let parts = operand.array ?? []
        guard !parts.isEmpty, parts.count.isMultiple(of: 2) else { throw wrong("numeric", field, "[\">\", 0]") }
        var bounds: [Bound] = []
        for index in stride(from: 0, to: parts.count, by: 2) {
            guard let comparison = parts[index].string, ["<", "<=", ">", ">=", "="].contains(comparison),
                let limit = parts[index + 1].double
            else { throw wrong("numeric", field, "[\">\", 0]") }
            bounds.append(Bound(comparison: comparison, limit: limit))
        }
        return bounds
    }

    private static func text(_ name: String, _ operand: JSONValue, _ field: String) throws(PatternError) -> String {
        guard let text = operand.string else { throw wrong(name, field, "a text") }
        return text
    }

    private static func wrong(_ name: String, _ field: String, _ wanted: String) -> PatternError {
        PatternError("'\(name)' of '\(field)' takes \(wanted)")
    }
}

extension ValueMatcher {
    /// Whether what the event has at the field's place matches; of an array any element may.
    ///
    /// `exists` asks for leaves alone: an object at that place does not exist to it, and nor does an empty array.
    func matches(leaf value: JSONValue?) -> Bool {
        let leaves = Self.leaves(of: value)
        if case .exists(let wanted) = self { return leaves.isEmpty != wanted }
        return leaves.contains(where: matches)
    }

    private static func leaves(of value: JSONValue?) -> [JSONValue] {
        guard let value, !value.isObject else { return [] }
        return value.array?.flatMap { leaves(of: $0) } ?? [value]
    }

    private func matches(_ value: JSONValue) -> Bool {
        switch self {
        case .exact(let wanted): wanted == value
        case .prefix(let text): value.string?.utf8.starts(with: text.utf8) ?? false
        case .prefixIgnoringCase(let text): value.string?.lowercased().hasPrefix(text.lowercased()) ?? false
        case .suffix(let text): value.string?.utf8.reversed().starts(with: text.utf8.reversed()) ?? false
        case .suffixIgnoringCase(let text): value.string?.lowercased().hasSuffix(text.lowercased()) ?? false
        case .equalsIgnoringCase(let text): value.string?.lowercased() == text.lowercased()
        case .wildcard(let wildcard): value.string.map(wildcard.matches) ?? false
        case .numeric(let bounds): value.double.map { number in bounds.allSatisfy { $0.holds(for: number) } } ?? false
        case .exists(let wanted): wanted
        case .anythingBut(let exceptions): !exceptions.contains { $0.matches(value) }
        }
    }
}

extension JSONValue {
    fileprivate var isNumber: Bool { double != nil }

    fileprivate var double: Double? {
        switch kind {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }
}
