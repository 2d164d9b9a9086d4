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

    /// An element that is open.
    private struct Open {
        /// Where its name stands.
        let name: Range<Int>
        var hasText = false
        var hasChildren = false
    }

    /// Deeper than any reply; what is hostile should not take the memory of as many open elements.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    /// The texts that do not stand in the document as they are meant; they come to lie behind it.
    private var resolved: [UInt8] = []
    private let wanted: ReplyElements?
    private var index = 0
    private var open: [Open] = []
    /// How many elements are open within one that nobody wants, itself included.
    private var skippedDepth = 0
    private var root: String?
    private var tree = ElementTree()

    /// Reads one document: the elements of the names that are wanted, at any depth, or all of them.
    ///
    /// - Throws: ``XMLReadingError`` when the bytes are not XML, declare a document type, or nest too deep.
    static func read(_ data: Data, wanted: ReplyElements? = nil) throws(XMLReadingError) -> Document {
        var reader = XMLReader(bytes: Array(data), wanted: wanted)
        return try reader.read()
    }

    private init(bytes: [UInt8], wanted: ReplyElements?) {
        self.bytes = bytes
        self.wanted = wanted
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
        guard let root, let content = tree.value(in: resolved.isEmpty ? bytes : bytes + resolved) else {
            throw wrong("breaks off")
        }
        return Document(root: root, content: content)
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
        guard !open.isEmpty else { throw wrong("has text outside of its root") }
        try addText(text.startIndex..<text.endIndex, isPlain: true)
    }

    private mutating func readText() throws(XMLReadingError) {
        let start = index
        let (end, isPlain) = endOfText(start)
        index = end
        if skippedDepth > 0 { return }
        if open.isEmpty {
            if bytes[start..<index].allSatisfy({ $0 <= 0x20 }) { return }
            throw wrong("has text outside of its root")
        }
        try addText(start..<index, isPlain: isPlain)
    }

    /// Adds a text to the innermost element, unless a child came: what stands around children is white space.
    ///
    /// Nearly always it is the only one and plain, and stays where it is; else the whole is written behind the document.
    private mutating func addText(_ place: Range<Int>, isPlain: Bool) throws(XMLReadingError) {
        let last = open.count - 1
        if open[last].hasChildren { return }
        if isPlain, !open[last].hasText {
            tree.setText(place)
        } else {
            let piece = isPlain ? Array(bytes[place]) : try resolve(bytes[place])
            var start = tree.text.lowerBound
            // What was written anew for this element is the last that was, and grows in place.
            if start < bytes.count {
                let before = bytes[tree.text]
                start = bytes.count + resolved.count
                resolved += before
            }
            resolved += piece
            tree.setText(start..<(bytes.count + resolved.count))
        }
        open[last].hasText = true
    }

    private mutating func openElement() throws(XMLReadingError) {
        index += 1
        let start = index
        while index < bytes.count, !isNameEnd(bytes[index]) { index += 1 }
        guard start < index, root == nil || !open.isEmpty else { throw wrong("is not well formed") }
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
        let name = start..<nameEnd
        if open.isEmpty {
            // What is wanted is below the root, whatever that is called.
            root = String(decoding: bytes[name], as: UTF8.self)
        } else {
            open[open.count - 1].hasChildren = true
            if let wanted, !wanted.contains(bytes, name) {
                if !isEmpty { skippedDepth = 1 }
                return
            }
        }
        tree.openElement(name)
        if isEmpty { tree.closeElement() } else { open.append(Open(name: name)) }
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
        guard let opened = open.popLast()?.name, opened.count == nameEnd - start,
            bytes.isSame(at: opened, as: bytes, at: start)
        else {
            throw wrong("closes an element that is not open")
        }
        tree.closeElement()
    }

    /// Where an element begins or ends next, and whether the text before it is meant as it is written.
    private func endOfText(_ start: Int) -> (Int, isPlain: Bool) {
        let span = bytes.span
        var (place, isPlain) = (start, true)
        while place < span.count, span[place] != UInt8(ascii: "<") {
            if span[place] == UInt8(ascii: "&") { isPlain = false }
            place += 1
        }
        return (place, isPlain)
    }

    /// Where a byte stands next, or the end. Over a span, since a slice of an array is counted twice for each look.
    private func position(of byte: UInt8, from start: Int) -> Int {
        let span = bytes.span
        var position = start
        while position < span.count, span[position] != byte { position += 1 }
        return position
    }

    /// Whether an element's name may hold it, or the slash of its end.
    private func isInName(_ byte: UInt8) -> Bool { byte >= 64 || Self.marks & (1 << UInt64(byte)) == 0 }

    /// What no name holds, a bit for each of the first 64 characters: white space and `<`, `>`, `!`, `?` and quotes.
    private static var marks: UInt64 { 0xD000_0087_FFFF_FFFF }

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

    private func resolve(_ text: ArraySlice<UInt8>) throws(XMLReadingError) -> [UInt8] {
        do throws(XMLEntities.Problem) {
            return try XMLEntities.resolve(text)
        } catch {
            throw wrong(error.rawValue)
        }
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
