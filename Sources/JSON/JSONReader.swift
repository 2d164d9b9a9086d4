/// Finds in one pass where each value of a document stands, and that all of it can be read.
///
/// Foundation's reader builds a tree of its own first, which took a third of an event's processor time. This one is strict
/// and mute: whatever it does not take, be it another encoding, a lone surrogate or a mistake, is left to Foundation, which then
/// reads it or says what is wrong and where.
struct JSONReader {
    /// The bytes are not plain enough for this reader.
    struct Refusal: Error {}

    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
    private static let nothing = Array("null".utf8)

    private let bytes: [UInt8]
    private var index = 0
    private var nodes: [JSONDocument.Node] = []
    private var isASCII = true

    /// Reads one document.
    static func read(_ bytes: [UInt8]) throws(Refusal) -> JSONValue {
        // Places are kept in 32 bits.
        guard bytes.count < UInt32.max else { throw Refusal() }
        var reader = JSONReader(bytes: bytes)
        try reader.value(depth: 1)
        reader.skipSpace()
        guard reader.index == bytes.count, reader.isASCII || (try? UTF8Span(validating: bytes.span)) != nil else {
            throw Refusal()
        }
        return JSONValue(.written(JSONDocument(bytes: bytes, nodes: reader.nodes), node: 0))
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        // A record has a value or a name for some twenty bytes.
        nodes.reserveCapacity(bytes.count / 16 + 1)
    }

    private mutating func value(depth: Int) throws(Refusal) {
        guard depth <= JSONValue.maximumDepth else { throw Refusal() }
        skipSpace()
        guard index < bytes.count else { throw Refusal() }
        switch bytes[index] {
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "t"): try word(Self.yes, .yes)
        case UInt8(ascii: "f"): try word(Self.no, .no)
        case UInt8(ascii: "n"): try word(Self.nothing, .null)
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(Refusal) {
        let place = nodes.count
        add(.object, index, 0)
        index += 1
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw Refusal() }
                try text()
                guard take(UInt8(ascii: ":")) else { throw Refusal() }
                try value(depth: depth + 1)
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw Refusal() }
        }
        nodes[place].next = UInt32(nodes.count)
    }

    private mutating func array(depth: Int) throws(Refusal) {
        let place = nodes.count
        add(.array, index, 0)
        index += 1
        if !take(UInt8(ascii: "]")) {
            repeat { try value(depth: depth + 1) } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw Refusal() }
        }
        nodes[place].next = UInt32(nodes.count)
    }

    private mutating func text() throws(Refusal) {
        let start = index + 1
        let (end, isEscaped, isPlain) = try endOfText(start)
        if !isPlain { isASCII = false }
        index = end + 1
        add(isEscaped ? .escapedText : .text, start, end - start)
    }

    /// Where the quote stands that ends a text, and what was met on the way.
    private func endOfText(_ start: Int) throws(Refusal) -> (Int, isEscaped: Bool, isASCII: Bool) {
        let span = bytes.span
        var place = start
        var isASCII = true
        var isEscaped = false
        while true {
            while place + EightBytes.count <= span.count {
                let some = EightBytes(span, at: place)
                // It may be what comes behind the text: then the whole document is looked at for nothing, once.
                if some.holdsOtherThanASCII { isASCII = false }
                place += some.plainInJSON
                if some.plainInJSON < EightBytes.count { break }
            }
            guard place < span.count else { throw Refusal() }
            let byte = span[place]
            if byte == UInt8(ascii: "\"") { return (place, isEscaped, isASCII) }
            if byte == UInt8(ascii: "\\") {
                guard let end = JSONEscapes.end(of: place + 1, in: span) else { throw Refusal() }
                isEscaped = true
                place = end
            } else {
                guard byte >= 0x20 else { throw Refusal() }
                if byte >= 0x80 { isASCII = false }
                place += 1
            }
        }
    }

    /// A whole number of 64 bits, or what is written otherwise.
    private mutating func number() throws(Refusal) {
        let start = index
        var isWhole = true
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let digits = index
        digits: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                isWhole = false
            default: break digits
            }
            index += 1
        }
        // JSON writes no leading zero, and what "-0" is Foundation may say.
        if isWhole, digits < index, bytes[digits] != UInt8(ascii: "0") || (digits + 1 == index && start == digits),
            JSONNumber.whole(bytes[start..<index]) != nil
        {
            add(.whole, start, index - start)
        } else {
            guard JSONNumber.fraction(bytes[start..<index]) != nil else { throw Refusal() }
            add(.fraction, start, index - start)
        }
    }

    private mutating func word(_ word: [UInt8], _ kind: JSONDocument.Node.Kind) throws(Refusal) {
        guard bytes[index...].starts(with: word) else { throw Refusal() }
        add(kind, index, word.count)
        index += word.count
    }

    private mutating func add(_ kind: JSONDocument.Node.Kind, _ start: Int, _ length: Int) {
        nodes.append(
            JSONDocument.Node(
                kind: kind, start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: length),
                next: UInt32(truncatingIfNeeded: nodes.count + 1)))
    }

    @inline(__always)
    private mutating func skipSpace() {
        // What a machine writes has none.
        if index < bytes.count, bytes[index] > 0x20 { return }
        skipSpaces()
    }

    private mutating func skipSpaces() {
        while index < bytes.count, bytes[index] <= 0x20 {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }
}
