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

    /// The member of exactly that name or, where any case will do, of the name most like it: of several the first in sorted order. Of a
    /// name written twice the last counts.
    func member(_ name: String, inAnyCase: Bool = false, of object: Int) -> JSONValue? {
        guard nodes[object].kind == .object else { return nil }
        let (bytes, nodes) = (bytes, nodes)
        var exact: Int?
        var alike: [Int] = []
        var name = name
        name.withUTF8 { wanted in
            let (bytes, nodes) = (bytes.span, nodes.span)
            let end = Int(nodes[object].next)
            var key = object + 1
            while key < end {
                let node = nodes[key]
                if node.kind == .text {
                    if Int(node.length) == wanted.count {
                        switch bytes.compared(with: wanted, at: Int(node.start)) {
                        case .same: exact = key + 1
                        case .spelledOtherwise: if inAnyCase { alike.append(key) }
                        case .different: break
                        }
                    }
                } else if let text = text(of: key), text.utf8.isSpelled(wanted) {
                    if text.utf8.elementsEqual(wanted) { exact = key + 1 } else if inAnyCase { alike.append(key) }
                }
                key = Int(nodes[key + 1].next)
            }
        }
        return (exact ?? first(of: alike).map { $0 + 1 }).map { JSONValue(.written(self, node: $0)) }
    }

    /// The key that comes first in sorted order; of equal ones the last.
    private func first(of keys: [Int]) -> Int? {
        if keys.count <= 1 { return keys.first }
        let names = keys.compactMap { key in text(of: key).map { (name: $0, key: key) } }
        return names.min { ($0.name, $1.key) < ($1.name, $0.key) }?.key
    }

    /// The only member of an object with one.
    func onlyMember(of object: Int) -> (name: String, value: JSONValue)? {
        guard nodes[object].kind == .object, nodes[object].next > object + 1 else { return nil }
        let value = object + 2
        guard nodes[value].next == nodes[object].next, let name = text(of: object + 1) else { return nil }
        return (name, JSONValue(.written(self, node: value)))
    }

    func memberCount(of object: Int) -> Int { nodes[object].kind == .object ? keys(of: object).count : 0 }

    func forEachElement(of array: Int, _ body: (JSONValue) -> Void) {
        var node = array + 1
        while node < nodes[array].next {
            body(JSONValue(.written(self, node: node)))
            node = Int(nodes[node].next)
        }
    }

    private func elements(of array: Int) -> [JSONValue] {
        var elements: [JSONValue] = []
        forEachElement(of: array) { elements.append($0) }
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

private enum Likeness {
    case same, spelledOtherwise, different
}

extension Span<UInt8> {
    /// How the name that stands there is like one of the same length: names are ASCII, where one bit is all the difference in case.
    fileprivate func compared(with wanted: UnsafeBufferPointer<UInt8>, at start: Int) -> Likeness {
        var isSame = true
        for place in 0..<wanted.count {
            let (one, other) = (self[start + place], wanted[place])
            if one == other { continue }
            guard one | 0x20 == other | 0x20, 0x61...0x7A ~= one | 0x20 else { return .different }
            isSame = false
        }
        return isSame ? .same : .spelledOtherwise
    }
}
