public import Foundation

extension JSONValue: Encodable {
    /// Writes the value as the JSON it stands for, with no tag around it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
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
    public var compactText: String {
        // Only a number that is not finite can fail, and no JSON document holds one.
        (try? JSONEncoder.stable.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
