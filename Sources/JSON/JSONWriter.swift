/// Writes JSON into a buffer that grows.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty buffer.
    public init() { bytes.reserveCapacity(512) }

    /// Writes one value.
    public mutating func write(_ value: JSONValue) {
        switch value.kind {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(number.description)
        case .number(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                write(key)
                bytes.append(UInt8(ascii: ":"))
                write(member)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Writes a map of texts, its keys sorted.
    public mutating func write(_ texts: [String: String]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, text) in texts.sorted(by: { $0.key < $1.key }) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(key)
            bytes.append(UInt8(ascii: ":"))
            write(text)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes what is JSON already, or a part of it.
    public mutating func write(raw json: String) { append(json) }

    /// Writes what is JSON already, behind a bracket or comma.
    public mutating func write(raw json: [UInt8], after mark: String) {
        append(mark)
        bytes += json
    }

    /// Writes a text in quotes.
    public mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        let isPlain = text.withUTF8 { buffer in
            guard buffer.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else { return false }
            bytes.append(contentsOf: buffer)
            return true
        }
        if !isPlain { for byte in text.utf8 { escape(byte) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(#"\""#)
        case UInt8(ascii: "\\"): append(#"\\"#)
        case 0x08: append(#"\b"#)
        case 0x09: append(#"\t"#)
        case 0x0A: append(#"\n"#)
        case 0x0C: append(#"\f"#)
        case 0x0D: append(#"\r"#)
        case 0x00..<0x20: append((byte < 16 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16))
        default: bytes.append(byte)
        }
    }

    private mutating func write(_ number: Double) {
        // No JSON document holds a number that is not finite.
        guard number.isFinite else { return append("null") }
        let text = number.description
        append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
