public import Foundation

extension JSONValue: Encodable {
    /// Writes the value as the JSON it stands for, with no tag around it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch kind {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSONEncoder {
    /// The one way this project writes JSON: keys sorted, so that equal values are equal bytes; slashes as they are.
    public static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension JSONValue {
    /// The document as one line of JSON with sorted keys.
    public var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

    /// The same as UTF-8.
    ///
    /// Written by hand: Foundation's encoder, whose bytes these are, takes ten times as long, and every request, every answer
    /// and every settlement goes through here.
    public var compactBytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}
