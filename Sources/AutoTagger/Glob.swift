/// A pattern over a whole text: `*` stands for any run of characters, `?` for one, everything else for itself.
///
/// No brackets: they stand unescaped in the names that people ask for (`repo:org/[bot]`).
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let pattern: String
    private let ignoresCase: Bool
    private let parts: [Character]
    /// The pattern's bytes, where each of them is one character.
    private let bytes: [UInt8]?

    /// A pattern, which by default must match in every letter's case.
    public init(_ pattern: String, ignoringCase: Bool = false) {
        self.pattern = pattern
        ignoresCase = ignoringCase
        let text = ignoringCase ? pattern.lowercased() : pattern
        parts = Array(text)
        bytes = Self.plain(text)
    }

    /// The pattern as it was written.
    public var description: String { pattern }

    /// Whether the pattern covers the whole text.
    ///
    /// Goes back to the last star only, so that the time is the product of the two lengths at worst, whatever the pattern.
    public func matches(_ text: String) -> Bool {
        // Names are ASCII nearly always, and bytes are compared many times faster than characters.
        if let bytes, var plain = Self.plain(text) {
            if ignoresCase {
                for index in plain.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(plain[index]) {
                    plain[index] |= 0x20
                }
            }
            return Self.covers(bytes, plain, any: UInt8(ascii: "*"), one: UInt8(ascii: "?"))
        }
        return Self.covers(parts, Array(ignoresCase ? text.lowercased() : text), any: "*", one: "?")
    }

    /// The bytes of a text in which each is a character by itself: two of ASCII make one character only as a line's end.
    private static func plain(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        return bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? bytes : nil
    }

    private static func covers<Unit: Equatable>(_ parts: [Unit], _ characters: [Unit], any: Unit, one: Unit) -> Bool {
        var position = 0
        var next = 0
        var retry: (part: Int, position: Int)?
        while position < characters.count {
            if next < parts.count, parts[next] == any {
                retry = (next + 1, position)
                next += 1
            } else if next < parts.count, parts[next] == one || parts[next] == characters[position] {
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
        return parts[next...].allSatisfy { $0 == any }
    }
}
