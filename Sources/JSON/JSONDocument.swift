/// A document as it was written, and where in it each value stands.
///
/// Its readers, ``JSONReader`` and that of XML behind ``ElementTree``, have seen to it that every text, number and escape can be read:
/// nothing here fails.
final class JSONDocument: Sendable {
    /// One value or name. The nodes lie in the order of the text: behind an array its elements, behind an object each name and its
    /// value.
    struct Node: Sendable {
        enum Kind: UInt8, Sendable {
            case null, yes, no, whole, fraction, text, escapedText, array, object
            /// An element of XML: an object in which a name that comes again is one of a list.
            case element
        }

        let kind: Kind
        /// The first byte of a text, behind its quote, or of a number.
        let start: UInt32
        /// The bytes of a text or number.
        let length: UInt32
        /// The node that follows behind it and all that is in it.
        var next: UInt32

        var hasMembers: Bool { kind == .object || kind == .element }
        var isText: Bool { kind == .text || kind == .escapedText }
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
        case .object, .element: .object(members(of: node))
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
            [UInt8](unsafeUninitializedCapacity: Int(nodes[node].length)) {
                $1 = JSONEscapes.resolve(slice(node), into: $0)
            }
        default: nil
        }
    }

    func isBlank(_ node: Int) -> Bool {
        switch nodes[node].kind {
        case .null: true
        case .text: nodes[node].length == 0
        case .array, .object: Int(nodes[node].next) == node + 1
        case .yes, .no, .whole, .fraction, .escapedText, .element: false
        }
    }

    func forEachElement(of array: Int, _ body: (JSONValue) -> Void) {
        var node = array + 1
        while node < nodes[array].next {
            body(value(node))
            node = Int(nodes[node].next)
        }
    }

    func value(_ node: Int) -> JSONValue { JSONValue(.written(self, node: node)) }

    private func elements(of array: Int) -> [JSONValue] {
        var elements: [JSONValue] = []
        forEachElement(of: array) { elements.append($0) }
        return elements
    }

    func slice(_ node: Int) -> ArraySlice<UInt8> {
        let start = Int(nodes[node].start)
        return bytes[start..<(start + Int(nodes[node].length))]
    }

    /// The keys whose names are as long as a name, and how each is like it.
    func forEachKey(of object: Int, like name: String, _ body: (_ key: Int, _ isSame: Bool) -> Void) {
        var name = name
        name.withUTF8 { wanted in
            // A record is asked some sixty times for an event, mostly for what is not there. Nodes lie as the reader has laid them, so
            // that no place needs to be checked.
            nodes.withUnsafeBufferPointer { nodes in
                let bytes = bytes
                let end = Int(nodes[object].next)
                var key = object + 1
                while key < end {
                    if nodes[key].kind == .escapedText {
                        if let text = text(of: key), text.utf8.isSpelled(wanted) {
                            body(key, text.utf8.elementsEqual(wanted))
                        }
                    } else if Int(nodes[key].length) == wanted.count {
                        switch Self.likeness(of: wanted, in: bytes, at: Int(nodes[key].start)) {
                        case .same: body(key, true)
                        case .spelledOtherwise: body(key, false)
                        case .different: break
                        }
                    }
                    key = Int(nodes[key + 1].next)
                }
            }
        }
    }

    private enum Likeness {
        case same, spelledOtherwise, different
    }

    /// How the name that stands there is like one of the same length: names are ASCII, where one bit is all the difference in case.
    private static func likeness(
        of wanted: UnsafeBufferPointer<UInt8>, in bytes: [UInt8], at start: Int
    ) -> Likeness {
        var isSame = true
        for place in 0..<wanted.count {
            let (one, other) = (bytes[start + place], wanted[place])
            if one == other { continue }
            guard one | 0x20 == other | 0x20, 0x61...0x7A ~= one | 0x20 else { return .different }
            isSame = false
        }
        return isSame ? .same : .spelledOtherwise
    }
}
