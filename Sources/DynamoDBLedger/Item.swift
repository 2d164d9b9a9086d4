internal import JSON

/// The primary key of an item.
struct ItemKey: Hashable, Sendable {
    let pk: String
    let sk: String
}

/// One item on the wire: attributes with their types, `{"state": {"S": "claimed"}}`.
struct Item: Hashable, Sendable {
    private(set) var attributes: [String: JSONValue]

    init(key: ItemKey) {
        attributes = [:]
        self["pk"] = key.pk
        self["sk"] = key.sk
    }

    init?(_ value: JSONValue) {
        guard let attributes = value.object else { return nil }
        self.attributes = attributes
    }

    var value: JSONValue { .object(attributes) }

    /// The key, or that of the item that an index refers to.
    var key: ItemKey? {
        guard let pk = self["pk"], let sk = self["sk"] else { return nil }
        return ItemKey(pk: pk, sk: sk)
    }

    /// A text. An empty one is as good as none, and is not written.
    subscript(name: String) -> String? {
        get { attributes[name]?["S"]?.string }
        set { attributes[name] = newValue.flatMap { $0.isEmpty ? nil : ["S": .string($0)] } }
    }

    /// A whole number, which the wire writes as a text.
    subscript(number name: String) -> Int64? {
        get { attributes[name]?["N"]?.integer }
        set { attributes[name] = newValue.map { ["N": .string(String($0))] } }
    }

    /// A document, kept as text.
    subscript(document name: String) -> JSONValue? {
        get { self[name].flatMap { try? JSONValue(parsing: $0) } }
        set { self[name] = newValue?.compactText }
    }
}
