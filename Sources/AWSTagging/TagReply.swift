internal import AutoTagger
internal import CloudTrail
internal import JSON

/// The tags in the reply of any service's reading call.
struct TagReply {
    private static let keyNames = ["Key", "TagKey"]
    private static let valueNames = ["Value", "TagValue"]

    private(set) var tags: [String: String] = [:]

    /// Reads the tags that stand at a place, however they are spelled.
    ///
    /// Replies say `Tags` where requests say `tags`, and XML wraps lists in elements, so names match in any case and a lone
    /// wrapper is opened. Nothing at the place means that there are no tags: services leave an empty list out.
    init(_ reply: JSONValue, at place: String, isMap: Bool) {
        guard let path = FieldPath(place) else { return }
        for node in path.nodes(in: reply) { read(node, isMap: isMap) }
    }

    private mutating func read(_ node: JSONValue, isMap: Bool) {
        switch node.kind {
        case .array(let elements): for element in elements { read(element, isMap: isMap) }
        case .object(let members):
            if let key = Self.text(node, Self.keyNames) {
                tags[key] = Self.text(node, Self.valueNames) ?? ""
            } else if isMap {
                for (key, value) in members { tags[key] = value.scalarText ?? "" }
            } else if members.count == 1, let wrapped = members.values.first {
                read(wrapped, isMap: isMap)
            }
        default: break
        }
    }

    private static func text(_ node: JSONValue, _ names: [String]) -> String? {
        names.lazy.compactMap { node.member($0)?.scalarText }.first
    }
}
