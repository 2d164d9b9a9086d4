/// Eight bytes of a text, looked at together: most of what is read is text in which nothing stands out.
///
/// Each question is answered by a word that has the high bit of a byte set where the answer is yes. Bits above the lowest one may be
/// wrong, since a borrow runs on; only the lowest is asked for. See "Hasless" in Sean Anderson's "Bit Twiddling Hacks".
struct EightBytes {
    static let count = 8

    let word: UInt64

    /// Those that begin at a place; there must be as many.
    init(_ bytes: Span<UInt8>, at place: Int) {
        word = UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// Whether one is beyond ASCII.
    var holdsOtherThanASCII: Bool { word & Self.highBits != 0 }

    /// How many come before the first that ends a run of plain text: a quote, a backslash or a control character.
    var plainInJSON: Int {
        Self.first(
            of: Self.zeros(of: word ^ Self.quotes) | Self.zeros(of: word ^ Self.backslashes)
                | (word &- Self.spaces) & ~word & Self.highBits)
    }

    /// How many come before the first backslash.
    var beforeBackslash: Int { Self.first(of: Self.zeros(of: word ^ Self.backslashes)) }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits = ones << 7
    private static let quotes = ones * UInt64(UInt8(ascii: "\""))
    private static let backslashes = ones * UInt64(UInt8(ascii: "\\"))
    private static let spaces = ones * UInt64(UInt8(ascii: " "))

    private static func zeros(of word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }

    private static func first(of bits: UInt64) -> Int { bits.trailingZeroBitCount >> 3 }
}
