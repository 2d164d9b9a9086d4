/// A pattern over a whole text: `*` stands for any run of characters, `?` for one, everything else for itself.
///
/// No brackets: they stand unescaped in the names that people ask for (`repo:org/[bot]`).
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let pattern: String
    private let ignoresCase: Bool
    private let parts: [Character]

    /// A pattern, which by default must match in every letter's case.
    public init(_ pattern: String, ignoringCase: Bool = false) {
        self.pattern = pattern
        ignoresCase = ignoringCase
        parts = Array(ignoringCase ? pattern.lowercased() : pattern)
    }

    /// The pattern as it was written.
    public var description: String { pattern }

    /// Whether the pattern covers the whole text.
    ///
    /// Goes back to the last star only, so that the time is the product of the two lengths at worst, whatever the pattern.
    public func matches(_ text: String) -> Bool {
        let characters = Array(ignoresCase ? text.lowercased() : text)
        var position = 0
        var next = 0
        var retry: (part: Int, position: Int)?
        while position < characters.count {
            if next < parts.count, parts[next] == "*" {
                retry = (next + 1, position)
                next += 1
            } else if next < parts.count, parts[next] == "?" || parts[next] == characters[position] {
                next += 1
                position += 1
            } else if let last = retry {
                retry = (last.part, last.position + 1)
                next = last.part
                position = last.position + 1
            } else {
                return false
            }
        }
        return parts[next...].allSatisfy { $0 == "*" }
    }
}
