/// Texts as parts of keys, which DynamoDB bounds: 2,048 bytes of partition key, 1,024 of sort key.
enum KeyText {
    /// The text itself where it is short enough, as all that AWS writes is; else its beginning with a hash of the whole.
    static func fitted(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var start = text[...]
        while start.utf8.count > limit - 17 { start = start.dropLast(max(1, (start.utf8.count - limit + 17) / 4)) }
        return start + "~" + String(hash(text), radix: 16)
    }

    /// FNV-1a: the same on every machine and in every version, as a key must be. Swift's own hashes are not.
    static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// An instant that sorts as a text: milliseconds since 1970, moved so that none is negative, in 17 digits.
    static func sortable(_ milliseconds: Int64) -> String {
        let digits = String(milliseconds + 10_000_000_000_000_000)
        return String(repeating: "0", count: max(0, 17 - digits.count)) + digits
    }

    /// What stands for a time that is not known: before every other.
    static let unknownTime = String(repeating: "0", count: 17)

    /// The first time of all that are known.
    static let firstTime = String(repeating: "0", count: 16) + "1"
}
