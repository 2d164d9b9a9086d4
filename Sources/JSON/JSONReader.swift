internal import Foundation

/// Reads JSON straight into the tree, in one pass over the bytes.
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
    /// The members of the objects that are open, so that each dictionary is made once and in its size.
    private var members: [(key: String, value: JSONValue)] = []

    /// Reads one document.
    static func read(_ data: Data) throws(Refusal) -> JSONValue {
        var reader = JSONReader(bytes: [UInt8](data))
        let value = try reader.value(depth: 1)
        reader.skipSpace()
        guard reader.index == reader.bytes.count else { throw Refusal() }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(Refusal) -> JSONValue {
        guard depth <= JSONValue.maximumDepth else { throw Refusal() }
        skipSpace()
        guard index < bytes.count else { throw Refusal() }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word(Self.yes, .bool(true))
        case UInt8(ascii: "f"): return try word(Self.no, .bool(false))
        case UInt8(ascii: "n"): return try word(Self.nothing, .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Refusal) -> JSONValue {
        index += 1
        if take(UInt8(ascii: "}")) { return .object([:]) }
        let first = members.count
        repeat {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw Refusal() }
            let key = try text()
            guard take(UInt8(ascii: ":")) else { throw Refusal() }
            let value = try value(depth: depth + 1)
            members.append((key, value))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw Refusal() }
        var object: [String: JSONValue] = [:]
        object.reserveCapacity(members.count - first)
        for (key, value) in members[first...] { object[key] = value }
        members.removeSubrange(first...)
        return .object(object)
    }

    private mutating func array(depth: Int) throws(Refusal) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw Refusal() }
        return .array(elements)
    }

    /// A whole number of 64 bits, or what is written otherwise as a `Double`.
    private mutating func number() throws(Refusal) -> JSONValue {
        let start = index
        var isWhole = true
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let digits = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                isWhole = false
            default: return try number(start, digits, isWhole)
            }
            index += 1
        }
        return try number(start, digits, isWhole)
    }

    private func number(_ start: Int, _ digits: Int, _ isWhole: Bool) throws(Refusal) -> JSONValue {
        // JSON writes no leading zero, and what "-0" is Foundation may say.
        guard isWhole, digits < index, bytes[digits] != UInt8(ascii: "0") || (digits + 1 == index && start == digits),
            let number = Int64(String(decoding: bytes[start..<index], as: UTF8.self))
        else { return try fraction(start) }
        return .integer(number)
    }

    /// Fractions are rare in records, and to read them well is an art of its own.
    private func fraction(_ start: Int) throws(Refusal) -> JSONValue {
        let text = Data(bytes[start..<index])
        guard let number = try? JSONSerialization.jsonObject(with: text, options: [.fragmentsAllowed]) as? NSNumber
        else {
            throw Refusal()
        }
        return JSONValue.bridge(number)
    }

    private mutating func word(_ word: [UInt8], _ value: JSONValue) throws(Refusal) -> JSONValue {
        guard bytes[index...].starts(with: word) else { throw Refusal() }
        index += word.count
        return value
    }

    private mutating func text() throws(Refusal) -> String {
        let start = index + 1
        var isASCII = true
        index = endOfRun(start, &isASCII)
        guard index < bytes.count else { throw Refusal() }
        if bytes[index] == UInt8(ascii: "\\") { return try escapedText(from: start) }
        guard bytes[index] == UInt8(ascii: "\"") else { throw Refusal() }
        index += 1
        return try string(bytes[start..<(index - 1)], isASCII: isASCII)
    }

    /// Where a text is first interrupted: by its end, something escaped, or what no text may hold.
    private func endOfRun(_ start: Int, _ isASCII: inout Bool) -> Int {
        let span = bytes.span
        var place = start
        var all: UInt8 = 0
        while place < span.count {
            let byte = span[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            all |= byte
            place += 1
        }
        if all >= 0x80 { isASCII = false }
        return place
    }

    /// A text in which something is escaped: a record inside a message, mostly, where every quote is.
    ///
    /// It is never longer than it is written, so that room is made once, and the bytes go there one by one: a run of them between two
    /// quotes is too short for anything else.
    private mutating func escapedText(from start: Int) throws(Refusal) -> String {
        let end = try endOfText(start)
        var unescaped = [UInt8](repeating: 0, count: end - start)
        var length = 0
        var all: UInt8 = 0
        var place = start
        while place < end {
            let byte = bytes[place]
            place += 1
            if byte != UInt8(ascii: "\\") {
                guard byte >= 0x20 else { throw Refusal() }
                unescaped[length] = byte
                length += 1
                all |= byte
            } else if bytes[place] == UInt8(ascii: "\"") {
                // What is escaped most by far, where a document stands in a text.
                unescaped[length] = UInt8(ascii: "\"")
                length += 1
                place += 1
            } else {
                index = place
                for byte in String(Character(try escape())).utf8 {
                    unescaped[length] = byte
                    length += 1
                    all |= byte
                }
                place = index
            }
        }
        guard place == end else { throw Refusal() }
        index = end + 1
        return try string(unescaped[..<length], isASCII: all < 0x80)
    }

    /// Where the quote stands that ends a text.
    private func endOfText(_ start: Int) throws(Refusal) -> Int {
        let span = bytes.span
        var place = start
        while place < span.count, span[place] != UInt8(ascii: "\"") {
            place += span[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard place < span.count else { throw Refusal() }
        return place
    }

    private mutating func escape() throws(Refusal) -> Unicode.Scalar {
        guard index < bytes.count else { throw Refusal() }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            guard 0xD800..<0xE000 ~= unit else { return try scalar(unit) }
            guard unit < 0xDC00, index + 2 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            else { throw Refusal() }
            index += 2
            let low = try hexadecimal()
            guard 0xDC00..<0xE000 ~= low else { throw Refusal() }
            return try scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        default: throw Refusal()
        }
    }

    private func scalar(_ value: UInt32) throws(Refusal) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw Refusal() }
        return scalar
    }

    private mutating func hexadecimal() throws(Refusal) -> UInt32 {
        guard index + 4 <= bytes.count else { throw Refusal() }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + 4)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 + UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 + UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 + UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw Refusal()
            }
        }
        index += 4
        return value
    }

    private func string(_ bytes: ArraySlice<UInt8>, isASCII: Bool) throws(Refusal) -> String {
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal() }
        return text
    }

    private mutating func skipSpace() {
        // What a machine writes has none.
        while index < bytes.count, bytes[index] <= 0x20 {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }
}
