/// Makes a value of a document in XML: an element with children is an object, a repeated one an array, all else a text.
///
/// Like a document in JSON it stays as it was written until somebody asks for a part of it; only what has to be resolved first, such as
/// an entity, is written anew.
package struct ElementTree {
    private var nodes: [JSONDocument.Node] = []
    /// The elements that are open, by their nodes.
    private var open: [Int] = []

    package init() {}

    /// How many elements are open.
    package var depth: Int { open.count }

    /// Begins an element whose name stands there: the root, or a child of that which is open.
    package mutating func openElement(_ name: Range<Int>) {
        if let parent = open.last {
            nodes[parent] = JSONDocument.Node(kind: .element, start: 0, length: 0, next: 0)
            add(name)
        }
        open.append(nodes.count)
        add(0..<0)
    }

    /// Says where the text stands that the open element holds; one with children holds none.
    package mutating func setText(_ place: Range<Int>) {
        guard let element = open.last, nodes[element].kind == .text else { return }
        nodes[element] = Self.text(place, next: element + 1)
    }

    /// Where the open element's text stands; nowhere as long as there is none.
    package var text: Range<Int> {
        guard let element = open.last, nodes[element].kind == .text else { return 0..<0 }
        let start = Int(nodes[element].start)
        return start..<(start + Int(nodes[element].length))
    }

    /// Ends the open element.
    package mutating func closeElement() {
        guard let element = open.popLast() else { return }
        nodes[element].next = UInt32(nodes.count)
    }

    /// The root, once it is closed.
    ///
    /// - Parameter bytes: the document, and behind it whatever was written anew.
    package func value(in bytes: [UInt8]) -> JSONValue? {
        guard open.isEmpty, !nodes.isEmpty else { return nil }
        return JSONValue(.written(JSONDocument(bytes: bytes, nodes: nodes), node: 0))
    }

    private mutating func add(_ place: Range<Int>) { nodes.append(Self.text(place, next: nodes.count + 1)) }

    private static func text(_ place: Range<Int>, next: Int) -> JSONDocument.Node {
        JSONDocument.Node(
            kind: .text, start: UInt32(place.lowerBound), length: UInt32(place.count), next: UInt32(next))
    }
}
