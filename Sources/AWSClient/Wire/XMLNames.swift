/// The names of a document's elements as texts, and which of them somebody wants.
///
/// A reply has a few dozen names, each written many times. Where only some are wanted, no text is made of the others; where all are, a
/// table keeps the last name of each place.
struct XMLNames {
    private let wanted: ReplyElements?
    private var known: [(place: Range<Int>, text: String)?] = []

    init(wanted: ReplyElements?) {
        self.wanted = wanted
        if wanted == nil { known = Array(repeating: nil, count: 64) }
    }

    /// The name that stands there; `nil` when nobody wants its elements.
    mutating func name(_ bytes: [UInt8], _ place: Range<Int>) -> String? {
        if let wanted { return wanted.name(bytes, place) }
        return anyName(bytes, place)
    }

    private mutating func anyName(_ bytes: [UInt8], _ place: Range<Int>) -> String {
        let ends = Int(bytes[place.lowerBound]) &+ 5 &* Int(bytes[place.upperBound - 1])
        let slot = (ends &+ 11 &* place.count) & (known.count - 1)
        if let name = known[slot], name.place.count == place.count,
            Self.isSame(bytes, place, bytes, name.place.lowerBound)
        {
            return name.text
        }
        let text = String(decoding: bytes[place], as: UTF8.self)
        known[slot] = (place, text)
        return text
    }

    /// Whether the bytes at a place stand elsewhere, too.
    static func isSame(_ bytes: [UInt8], _ place: Range<Int>, _ others: [UInt8], _ start: Int) -> Bool {
        let (span, other) = (bytes.span, others.span)
        var offset = 0
        while offset < place.count {
            if span[place.lowerBound + offset] != other[start + offset] { return false }
            offset += 1
        }
        return true
    }
}
