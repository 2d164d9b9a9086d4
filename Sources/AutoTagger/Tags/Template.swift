private import Foundation

/// A text with fields of the event in it, such as `${identity.email ?? identity.name}`.
///
/// A template is checked when it is read, so that a typing error is found at the start and not in a tag. A reference that
/// resolves to nothing leaves the whole template out: half a value is worse than none.
public struct Template: Sendable, Hashable, CustomStringConvertible {
    /// The template as it was written.
    public let text: String
    private let parts: [Part]

    private enum Part: Sendable, Hashable {
        case literal(String)
        case reference([Alternative])
    }

    private enum Alternative: Sendable, Hashable {
        case field(String)
        case literal(String)
    }

    /// Why a text is no template.
    public struct Mistake: Error, Sendable, Hashable {
        /// What is wrong and what would be right.
        public let message: String

        /// A mistake in words.
        public init(message: String) { self.message = message }
    }

    /// Reads a template and checks every name in it.
    ///
    /// - Parameter check: answers what is wrong with a name, or `nil` when it is known.
    /// - Throws: ``Mistake`` for an unclosed or empty reference and for names that the check refuses.
    public init(_ text: String, check: (String) -> String?) throws(Mistake) {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.range(of: "${") {
            if start.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<start.lowerBound]))) }
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw Mistake(message: "'${' without its '}' in '\(text)'")
            }
            parts.append(.reference(try Self.alternatives(rest[start.upperBound..<end], of: text, check)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.text = text
        self.parts = parts
    }

    private static func alternatives(
        _ inner: Substring,
        of text: String,
        _ check: (String) -> String?
    ) throws(Mistake) -> [Alternative] {
        var result: [Alternative] = []
        for piece in String(inner).components(separatedBy: "??") {
            let name = piece.trimmingCharacters(in: .whitespaces)
            if let quote = name.first, quote == "'" || quote == "\"" {
                guard name.count >= 2, name.last == quote else {
                    throw Mistake(message: "a quoted text without its closing \(quote) in '\(text)'")
                }
                result.append(.literal(String(name.dropFirst().dropLast())))
                continue
            }
            guard !name.isEmpty else { throw Mistake(message: "an empty name in '${\(inner)}'") }
            if let mistake = check(name) { throw Mistake(message: mistake) }
            result.append(.field(name))
        }
        return result
    }

    /// The text with every reference replaced, or `nil` when one of them resolves to nothing.
    public func render(_ value: (String) -> String?) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .reference(let alternatives):
                guard let found = Self.first(alternatives, value) else { return nil }
                result += found
            }
        }
        return result
    }

    private static func first(_ alternatives: [Alternative], _ value: (String) -> String?) -> String? {
        for alternative in alternatives {
            switch alternative {
            case .literal(let text): return text
            case .field(let name):
                if let found = value(name), !found.isEmpty { return found }
            }
        }
        return nil
    }

    /// The names that it refers to.
    public var names: [String] {
        parts.flatMap { part -> [String] in
            guard case .reference(let alternatives) = part else { return [] }
            return alternatives.compactMap { if case .field(let name) = $0 { name } else { nil } }
        }
    }

    /// The template as it was written.
    public var description: String { text }
}
