/// A document as it was written, and where in it each value stands.
///
/// ``JSONReader`` has seen to it that every text, number and escape can be read: nothing here fails.
final class JSONDocument: Sendable {
    /// One value or name. The nodes lie in the order of the text: behind an array its elements, behind an object each name and its
    /// value.
    struct Node: Sendable {
        enum Kind: UInt8, Sendable {
            case null, yes, no, whole, fraction, text, escapedText, array, object
        }

        let kind: Kind
        /// The first byte of a text, behind its quote, or of a number.
        let start: UInt32
        /// The bytes of a text or number.
        let length: UInt32
        /// The node that follows behind it and all that is in it.
        var next: UInt32
    }

    private let bytes: [UInt8]
    let nodes: [Node]

    init(bytes: [UInt8], nodes: [Node]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    func kind(of node: Int) -> JSONValue.Kind {
        switch nodes[node].kind {
        case .null: .null
        case .yes: .bool(true)
        case .no: .bool(false)
        case .whole: .integer(JSONNumber.whole(slice(node)) ?? 0)
        case .fraction: JSONNumber.fraction(slice(node)) ?? .null
        case .text, .escapedText: .string(text(of: node) ?? "")
        case .array: .array(elements(of: node))
        case .object: .object(members(of: node))
        }
    }

    func text(of node: Int) -> String? {
        switch nodes[node].kind {
        case .text: String(decoding: slice(node), as: UTF8.self)
        case .escapedText:
            String(unsafeUninitializedCapacity: Int(nodes[node].length)) { JSONEscapes.resolve(slice(node), into: $0) }
        default: nil
        }
    }

    /// A text's own bytes, for a document that stands in it.
    func textBytes(of node: Int) -> [UInt8]? {
        switch nodes[node].kind {
        case .text: [UInt8](slice(node))
        case .escapedText:
            [UInt8](unsafeUninitializedCapacity: Int(nodes[node].length)) { $1 = JSONEscapes.resolve(slice(node), into: $0) }
        default: nil
        }
    }

    func isBlank(_ node: Int) -> Bool {
        switch nodes[node].kind {
        case .null: true
        case .text: nodes[node].length == 0
        case .array, .object: Int(nodes[node].next) == node + 1
        case .yes, .no, .whole, .fraction, .escapedText: false
        }
    }

    /// The member of exactly that name; of a name written twice the last counts.
    func member(_ name: String, of object: Int) -> JSONValue? {
        guard nodes[object].kind == .object else { return nil }
        let bytes = bytes
        let nodes = nodes
        var found: Int?
        var name = name
        name.withUTF8 { wanted in
            let bytes = bytes.span
            let nodes = nodes.span
            let end = Int(nodes[object].next)
            var key = object + 1
            while key < end {
                let node = nodes[key]
                if node.kind == .text {
                    if Int(node.length) == wanted.count, bytes.holds(wanted, at: Int(node.start)) { found = key + 1 }
                } else if text(of: key)?.utf8.elementsEqual(wanted) == true {
                    found = key + 1
                }
                key = Int(nodes[key + 1].next)
            }
        }
        return found.map { JSONValue(.written(self, node: $0)) }
    }

    /// The member of that name in another spelling: of several the first in sorted order.
    func member(spelledLike name: String, of object: Int) -> JSONValue? {
        guard nodes[object].kind == .object else { return nil }
        let length = name.utf8.count
        var match: (name: String, value: Int)?
        for key in keys(of: object) where nodes[key].length >= length {
            guard nodes[key].kind == .escapedText || slice(key).isSpelled(name.utf8), let text = text(of: key),
                text.utf8.isSpelled(name.utf8), match.map({ text <= $0.name }) ?? true
            else { continue }
            match = (text, key + 1)
        }
        return match.map { JSONValue(.written(self, node: $0.value)) }
    }

    private func elements(of array: Int) -> [JSONValue] {
        var elements: [JSONValue] = []
        var node = array + 1
        while node < nodes[array].next {
            elements.append(JSONValue(.written(self, node: node)))
            node = Int(nodes[node].next)
        }
        return elements
    }

    private func members(of object: Int) -> [String: JSONValue] {
        let keys = keys(of: object)
        var members = [String: JSONValue](minimumCapacity: keys.count)
        for key in keys {
            if let name = text(of: key) { members[name] = JSONValue(.written(self, node: key + 1)) }
        }
        return members
    }

    private func keys(of object: Int) -> [Int] {
        var keys: [Int] = []
        var key = object + 1
        while key < nodes[object].next {
            keys.append(key)
            key = Int(nodes[key + 1].next)
        }
        return keys
    }

    private func slice(_ node: Int) -> ArraySlice<UInt8> {
        let start = Int(nodes[node].start)
        return bytes[start..<(start + Int(nodes[node].length))]
    }
}

extension Span<UInt8> {
    fileprivate func holds(_ wanted: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for place in 0..<wanted.count where self[start + place] != wanted[place] { return false }
        return true
    }
}
