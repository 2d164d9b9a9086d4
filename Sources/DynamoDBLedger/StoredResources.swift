internal import AutoTagger
internal import Foundation
internal import JSON

/// The resources of an event as text: within its item where they fit, else in items of their own beside it.
///
/// An item holds 400 KB at most, and a launch of a thousand instances with volumes and interfaces tells of 1.5 MB. The parts
/// are written before the event's item names them, under a token that nobody else has, so that a reader never sees parts of
/// two writes.
struct StoredResources: Sendable {
    /// The text within the event's item.
    private(set) var text: String?
    /// What the parts are found by.
    private(set) var reference: PartsReference?
    private var parts: [String] = []

    /// How many bytes of resources an item takes, with room for all that stands beside them.
    static let limit = 200_000

    /// For how many seconds parts outlive what is written with them.
    ///
    /// They are not written again when the event changes without its resources, as it does when it is tried again, and the
    /// event must not outlive them. Queues keep messages for 14 days at most, and DynamoDB removes what has expired within a
    /// few days, in any order ("Using time to live (TTL) in DynamoDB").
    static let margin = 30.0 * 86_400

    init(_ resources: [ResourceStanding], newToken: () -> String) {
        guard !resources.isEmpty else { return }
        var parts: [JSONWriter] = []
        for resource in resources {
            var one = JSONWriter()
            one.write(resource.stored)
            let isFull = parts.last.map { $0.bytes.count + one.bytes.count > Self.limit } ?? true
            if isFull { parts.append(JSONWriter()) }
            parts[parts.count - 1].write(raw: one.bytes, after: isFull ? "[" : ",")
        }
        let texts = parts.map { String(decoding: $0.bytes, as: UTF8.self) + "]" }
        if texts.count == 1 {
            text = texts[0]
        } else {
            reference = PartsReference(token: newToken(), count: texts.count)
            self.parts = texts
        }
    }

    /// The items of the parts.
    func items(beside key: ItemKey, expires: Date) -> [Item] {
        zip(reference?.keys(beside: key) ?? [], parts).map { key, text in
            var item = Item(key: key)
            item["resources"] = text
            item[number: "expires"] = Int64(expires.timeIntervalSince1970)
            return item
        }
    }

    /// Reads one text of resources.
    static func read(_ text: String) -> [ResourceStanding]? {
        guard let elements = (try? JSONValue(parsing: text))?.array else { return nil }
        let resources = elements.compactMap { ResourceStanding(stored: $0) }
        return resources.count == elements.count ? resources : nil
    }
}

/// Where the parts of an event's resources lie.
struct PartsReference: Hashable, Sendable {
    let token: String
    let count: Int

    func keys(beside key: ItemKey) -> [ItemKey] {
        (0..<count).map { ItemKey(pk: key.pk, sk: "\(key.sk)#\(token)#\($0)") }
    }
}
