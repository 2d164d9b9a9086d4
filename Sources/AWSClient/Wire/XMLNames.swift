/// The names of a document's elements, each made a text once.
///
/// A reply has a few dozen names, each written hundreds of times: where one stood before is found by its bytes, in a table that keeps the
/// last name of each place.
struct XMLNames {
    /// A name, and what is to be done about its elements.
    struct Name {
        let text: String
        /// Where in the document it stands.
        let place: Range<Int>
        let isWanted: Bool
    }

    /// Elements that tell of a reply as a whole, and that every reader of replies looks at.
    private static let always: Set<String> = [
        "Error", "Errors", "NextToken", "RequestId", "RequestID", "ResponseMetadata", "nextToken", "requestId",
    ]

    private let wanted: Set<String>?
    private var known: [Name?] = Array(repeating: nil, count: 64)

    init(wanted: Set<String>?) { self.wanted = wanted }

    /// The name that stands there.
    mutating func name(_ bytes: [UInt8], _ place: Range<Int>) -> Name {
        let ends = Int(bytes[place.lowerBound]) &+ 5 &* Int(bytes[place.upperBound - 1])
        let slot = (ends &+ 11 &* place.count) & (known.count - 1)
        if let name = known[slot], Self.isSame(bytes, name.place, place) {
            return Name(text: name.text, place: place, isWanted: name.isWanted)
        }
        let text = String(decoding: bytes[place], as: UTF8.self)
        let isWanted = wanted.map { $0.contains(text) || Self.always.contains(text) } ?? true
        let name = Name(text: text, place: place, isWanted: isWanted)
        known[slot] = name
        return name
    }

    /// Whether the same bytes stand at both places.
    static func isSame(_ bytes: [UInt8], _ one: Range<Int>, _ other: Range<Int>) -> Bool {
        guard one.count == other.count else { return false }
        var (left, right) = (one.lowerBound, other.lowerBound)
        while left < one.upperBound {
            if bytes[left] != bytes[right] { return false }
            left += 1
            right += 1
        }
        return true
    }
}
