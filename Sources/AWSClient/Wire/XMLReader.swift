internal import Foundation
internal import JSON

/// An XML reply as a tree, without a schema: an element with children is an object, a repeated one an array, text a string.
///
/// Numbers stay text, since without a schema `"012"` cannot be told from a number. Attributes are dropped. Only what AWS
/// sends is read: elements, text, CDATA, comments and the five entities of XML itself. A document type is refused, so
/// there is no entity that could be declared or fetched. One pass over the bytes costs a fifth of a general parser.
///
/// Elements that nobody wants are passed over. EC2 tells five thousand bytes of an instance; what a launch is asked for are three
/// hundred of them, and a tree of the rest would cost more than all else that is done with the reply.
struct XMLReader {
    /// A document's root: what it is called and what it holds.
    struct Document {
        var root: String
        var content: JSONValue
    }

    private struct Open {
        let name: String
        /// Where its name stands.
        let place: Range<Int>
        /// What it holds, as long as that is one piece and no child came: what stands around children is white space.
        var piece: Range<Int>?
        /// What it holds in several pieces.
        var text = ""
        var hasChildren = false
        /// Where its children begin.
        let firstChild: Int
    }

    /// Deeper than any reply; what is hostile should not take the memory of as many open elements.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    private var index = 0
    private var names: XMLNames
    private var open: [Open] = []
    /// How many elements are open within one that nobody wants, itself included.
    private var skippedDepth = 0
    /// What has closed within elements that are open.
    private var children: [(name: String, value: JSONValue)] = []
    private var result: Document?

    /// Reads one document: the elements of the names that are wanted, at any depth, or all of them.
    ///
    /// - Throws: ``XMLReadingError`` when the bytes are not XML, declare a document type, or nest too deep.
    static func read(_ data: Data, wanted: ReplyElements? = nil) throws(XMLReadingError) -> Document {
        var reader = XMLReader(bytes: Array(data), names: XMLNames(wanted: wanted))
        return try reader.read()
    }

    private init(bytes: [UInt8], names: XMLNames) {
        self.bytes = bytes
        self.names = names
    }

    private mutating func read() throws(XMLReadingError) -> Document {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while index < bytes.count {
            if skippedDepth > 0 { (index, skippedDepth) = passingOver() }
            guard index < bytes.count else { break }
            if bytes[index] != UInt8(ascii: "<") {
                try readText()
                continue
            }
            // What nearly all marks are is told by one byte.
            switch index + 1 < bytes.count ? bytes[index + 1] : nil {
            case UInt8(ascii: "/"):
                index += 2
                try closeElement()
            case UInt8(ascii: "!"), UInt8(ascii: "?"): try readMark()
            default: try openElement()
            }
        }
        guard let result, open.isEmpty else { throw wrong("breaks off") }
        return result
    }

    /// Where an element that nobody wants is left: as far as there is nothing but text and elements without attributes.
    ///
    /// What is left to the others, from where it begins: attributes, comments, what is not well formed, and where the element ends.
    private func passingOver() -> (index: Int, skippedDepth: Int) {
        let span = bytes.span
        var place = index
        var depth = skippedDepth
        while depth > 0 {
            while place < span.count, span[place] != UInt8(ascii: "<") { place += 1 }
            var end = place + 1
            while end < span.count, isInName(span[end]) { end += 1 }
            guard end < span.count, span[end] == UInt8(ascii: ">"), end > place + 1 else { break }
            if span[place + 1] == UInt8(ascii: "/") {
                if depth == 1 { break }
                depth -= 1
            } else if span[end - 1] != UInt8(ascii: "/") {
                guard open.count + depth < Self.maximumDepth else { break }
                depth += 1
            }
            place = end + 1
        }
        return (place, depth)
    }

    /// Reads what is no element: instructions, comments, text as it stands.
    private mutating func readMark() throws(XMLReadingError) {
        if skip("<?") {
            _ = try take(upTo: "?>")
        } else if skip("<!--") {
            _ = try take(upTo: "-->")
        } else if skip("<![CDATA[") {
            try readPlainText()
        } else {
            throw wrong("declares a document type")
        }
    }

    private mutating func readPlainText() throws(XMLReadingError) {
        let text = try take(upTo: "]]>")
        if skippedDepth > 0 { return }
        guard let last = open.indices.last else { throw wrong("has text outside of its root") }
        if open[last].hasChildren { return }
        try joinPieces()
        open[last].text += String(decoding: text, as: UTF8.self)
    }

    private mutating func readText() throws(XMLReadingError) {
        let start = index
        index = position(of: UInt8(ascii: "<"), from: index)
        if skippedDepth > 0 { return }
        guard let last = open.indices.last else {
            if bytes[start..<index].allSatisfy({ $0 <= 0x20 }) { return }
            throw wrong("has text outside of its root")
        }
        if open[last].hasChildren { return }
        if open[last].piece == nil, open[last].text.isEmpty {
            open[last].piece = start..<index
        } else {
            try joinPieces()
            open[last].text += try decode(bytes[start..<index])
        }
    }

    /// Makes text of the piece that the innermost element holds, since another one follows.
    private mutating func joinPieces() throws(XMLReadingError) {
        guard let last = open.indices.last, let piece = open[last].piece else { return }
        open[last].piece = nil
        open[last].text = try decode(bytes[piece])
    }

    private mutating func openElement() throws(XMLReadingError) {
        index += 1
        let start = index
        while index < bytes.count, !isNameEnd(bytes[index]) { index += 1 }
        guard start < index, result == nil else { throw wrong("is not well formed") }
        guard open.count + skippedDepth < Self.maximumDepth else {
            throw wrong("nests deeper than \(Self.maximumDepth) levels")
        }
        let nameEnd = index
        try passAttributes()
        let isEmpty = bytes[index - 2] == UInt8(ascii: "/")
        if skippedDepth > 0 {
            if !isEmpty { skippedDepth += 1 }
            return
        }
        if let parent = open.indices.last { open[parent].hasChildren = true }
        let place = start..<nameEnd
        // What is wanted is below the root, whatever that is called.
        let rootName = open.isEmpty ? String(decoding: bytes[place], as: UTF8.self) : nil
        guard let name = rootName ?? names.name(bytes, place) else {
            if !isEmpty { skippedDepth = 1 }
            return
        }
        open.append(Open(name: name, place: place, firstChild: children.count))
        if isEmpty { try close() }
    }

    /// Goes behind the end of a tag.
    private mutating func passAttributes() throws(XMLReadingError) {
        var quote: UInt8?
        while index < bytes.count, quote != nil || bytes[index] != UInt8(ascii: ">") {
            let byte = bytes[index]
            if quote == byte {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if quote == nil, byte == UInt8(ascii: "<") {
                throw wrong("is not well formed")
            }
            index += 1
        }
        guard index < bytes.count else { throw wrong("breaks off") }
        index += 1
    }

    private mutating func closeElement() throws(XMLReadingError) {
        let start = index
        let end = position(of: UInt8(ascii: ">"), from: index)
        guard end < bytes.count else { throw wrong("breaks off") }
        index = end + 1
        if skippedDepth > 0 {
            skippedDepth -= 1
            return
        }
        var nameEnd = start
        while nameEnd < end, bytes[nameEnd] > 0x20 { nameEnd += 1 }
        guard let opened = open.last?.place, opened.count == nameEnd - start,
            XMLNames.isSame(bytes, opened, bytes, start)
        else {
            throw wrong("closes an element that is not open")
        }
        try close()
    }

    private mutating func close() throws(XMLReadingError) {
        guard let element = open.popLast() else { return }
        let value: JSONValue
        if children.count > element.firstChild {
            value = .object(object(ofChildrenFrom: element.firstChild))
            children.removeSubrange(element.firstChild...)
        } else if let piece = element.piece {
            value = .string(try decode(bytes[piece]))
        } else {
            value = .string(element.text)
        }
        if open.isEmpty {
            result = Document(root: element.name, content: value)
        } else {
            children.append((element.name, value))
        }
    }

    private func object(ofChildrenFrom first: Int) -> [String: JSONValue] {
        let siblings = children[first...]
        // A list, mostly: all of one name.
        if siblings.count > 1, siblings.allSatisfy({ $0.name == siblings[first].name }) {
            return [siblings[first].name: .array(siblings.map(\.value))]
        }
        var object = [String: JSONValue](minimumCapacity: min(siblings.count, 64))
        // Apart, so that a long list grows in place instead of being copied for every element.
        var lists: [String: [JSONValue]] = [:]
        for (name, value) in siblings {
            guard let earlier = object.updateValue(value, forKey: name) else { continue }
            lists[name, default: [earlier]].append(value)
        }
        for (name, list) in lists { object[name] = .array(list) }
        return object
    }

    /// Where a byte stands next, or the end. Over a span, since a slice of an array is counted twice for each look.
    private func position(of byte: UInt8, from start: Int) -> Int {
        let span = bytes.span
        var position = start
        while position < span.count, span[position] != byte { position += 1 }
        return position
    }

    /// Whether an element's name may hold it, or the slash of its end.
    private func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: byte > 0x20
        }
    }

    private func isNameEnd(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "<")
    }

    private mutating func skip(_ mark: String) -> Bool {
        guard bytes[index...].starts(with: mark.utf8) else { return false }
        index += mark.utf8.count
        return true
    }

    private mutating func take(upTo mark: String) throws(XMLReadingError) -> ArraySlice<UInt8> {
        let start = index
        let first = mark.utf8.first
        // By hand: the library's search for a sequence takes longer than all the rest of this reader.
        while index < bytes.count {
            if bytes[index] == first, skip(mark) { return bytes[start..<(index - mark.utf8.count)] }
            index += 1
        }
        throw wrong("breaks off")
    }

    private func decode(_ text: ArraySlice<UInt8>) throws(XMLReadingError) -> String {
        guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
        var decoded = ""
        var rest = text
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            decoded += String(decoding: rest[..<start], as: UTF8.self)
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")) else { throw wrong("is not well formed") }
            decoded.unicodeScalars.append(try character(String(decoding: rest[(start + 1)..<end], as: UTF8.self)))
            rest = rest[(end + 1)...]
        }
        return decoded + String(decoding: rest, as: UTF8.self)
    }

    private func character(_ entity: String) throws(XMLReadingError) -> Unicode.Scalar {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let number = entity.hasPrefix("#x") ? UInt32(entity.dropFirst(2), radix: 16) : UInt32(entity.dropFirst())
        guard entity.hasPrefix("#"), let scalar = number.flatMap(Unicode.Scalar.init) else {
            throw wrong("names an entity that XML does not have")
        }
        return scalar
    }

    private func wrong(_ problem: String) -> XMLReadingError {
        XMLReadingError("it \(problem) in line \(bytes[..<index].count { $0 == 0x0A } + 1)")
    }
}

/// Why a reply is not the XML that was expected.
struct XMLReadingError: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
