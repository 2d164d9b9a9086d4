/// A pattern in which `*` stands for any text and `?` for one character, matched in any case.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let pattern: String
    private let characters: [Character]

    /// A pattern.
    public init(_ pattern: String) {
        self.pattern = pattern
        characters = Array(pattern.lowercased())
    }

    /// Whether the whole text fits. Takes time in proportion to both lengths at worst, whatever the pattern.
    public func matches(_ text: String) -> Bool {
        let text = Array(text.lowercased())
        var position = 0
        var next = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if next < characters.count, characters[next] == "*" {
                star = (next, position)
                next += 1
            } else if next < characters.count, characters[next] == "?" || characters[next] == text[position] {
                next += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                next = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return characters[next...].allSatisfy { $0 == "*" }
    }

    /// The pattern as it was written.
    public var description: String { pattern }
}
