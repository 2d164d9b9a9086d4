/// The names of a document's elements as texts, and which of them somebody wants.
///
/// A reply has a few dozen names, each written many times. Where only some are wanted, those are found by their bytes and no text is made
/// of the others; where all are, a table keeps the last name of each place.
struct XMLNames {
    /// Elements that tell of a reply as a whole, and that every reader of replies looks at.
    private static let always: Set<String> = [
        "Error", "Errors", "NextToken", "RequestId", "RequestID", "ResponseMetadata", "nextToken", "requestId",
    ]

    /// The names that are wanted, by their length in bytes; `nil` when all are.
    private let wanted: [[(bytes: [UInt8], text: String)]]?
    private var known: [(place: Range<Int>, text: String)?] = []

    init(wanted: Set<String>?) {
        self.wanted = wanted.map { names in
            let names = names.union(Self.always).map { (bytes: Array($0.utf8), text: $0) }
            var byLength = Array(
                repeating: [(bytes: [UInt8], text: String)](), count: 1 + (names.map(\.bytes.count).max() ?? 0))
            for name in names { byLength[name.bytes.count].append(name) }
            return byLength
        }
        if wanted == nil { known = Array(repeating: nil, count: 64) }
    }

    /// The name that stands there; `nil` when nobody wants its elements.
    mutating func name(_ bytes: [UInt8], _ place: Range<Int>) -> String? {
        guard let wanted else { return anyName(bytes, place) }
        guard place.count < wanted.count else { return nil }
        for candidate in wanted[place.count] where Self.isSame(bytes, place, candidate.bytes, 0) {
            return candidate.text
        }
        return nil
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
