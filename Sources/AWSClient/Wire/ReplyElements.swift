/// The elements of an XML reply that somebody reads, by name and at any depth; the others are passed over.
///
/// Made once and used for every reply: they are laid out so that a name is found by its bytes.
public struct ReplyElements: Sendable, Hashable {
    /// Elements that tell of a reply as a whole, and that every reader of replies looks at.
    private static let always: Set<String> = [
        "Error", "Errors", "NextToken", "RequestId", "RequestID", "ResponseMetadata", "nextToken", "requestId",
    ]

    /// The names by their length in bytes.
    private let byLength: [[[UInt8]]]

    /// Elements of those names.
    public init(_ names: Set<String>) {
        var byLength: [[[UInt8]]] = []
        for name in names.union(Self.always).sorted() {
            let bytes = Array(name.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append(bytes)
        }
        self.byLength = byLength
    }

    /// Whether somebody reads the elements whose name stands there.
    func contains(_ bytes: [UInt8], _ place: Range<Int>) -> Bool {
        place.count < byLength.count && byLength[place.count].contains { bytes.isSame(at: place, as: $0, at: 0) }
    }
}

extension [UInt8] {
    /// Whether the bytes at a place stand elsewhere, too.
    func isSame(at place: Range<Int>, as others: [UInt8], at start: Int) -> Bool {
        let (span, other) = (span, others.span)
        for offset in 0..<place.count where span[place.lowerBound + offset] != other[start + offset] { return false }
        return true
    }
}
