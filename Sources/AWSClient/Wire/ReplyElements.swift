/// The elements of an XML reply that somebody reads, by name and at any depth; the others are passed over.
///
/// Made once and used for every reply: they are laid out so that a name is found by its bytes.
public struct ReplyElements: Sendable, Hashable {
    struct Name: Sendable, Hashable {
        let bytes: [UInt8]
        let text: String
    }

    /// Elements that tell of a reply as a whole, and that every reader of replies looks at.
    private static let always: Set<String> = [
        "Error", "Errors", "NextToken", "RequestId", "RequestID", "ResponseMetadata", "nextToken", "requestId",
    ]

    /// The names by their length in bytes.
    private let byLength: [[Name]]

    /// Elements of those names.
    public init(_ names: Set<String>) {
        var byLength: [[Name]] = []
        for name in names.union(Self.always).sorted() {
            let bytes = Array(name.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append(Name(bytes: bytes, text: name))
        }
        self.byLength = byLength
    }

    /// The name that stands there; `nil` when nobody reads its elements.
    func name(_ bytes: [UInt8], _ place: Range<Int>) -> String? {
        guard place.count < byLength.count else { return nil }
        for name in byLength[place.count] where XMLNames.isSame(bytes, place, name.bytes, 0) { return name.text }
        return nil
    }
}
