/// One value of a JSON document, or of an XML reply read into the same shape.
///
/// CloudTrail writes every AWS API's parameters into one record, so a fixed model for each is out of reach; the whole
/// house works on this tree instead and finds its way by paths. Whole numbers keep all their 64 bits: ids and epoch
/// milliseconds do not fit a `Double`.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The text, when this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A scalar as text, since CloudTrail writes `true` and `"true"`, `12` and `"12"` for one and the same field.
    public var scalarText: String? {
        switch self {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .null, .array, .object: nil
        }
    }

    /// A flag that may have been written as a string.
    public var flag: Bool? {
        switch self {
        case .bool(let flag): flag
        case .string(let text):
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
        default: nil
        }
    }

    /// A whole number that may have been written as a string.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The members, when this is an object.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements, when this is an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// Whether there is nothing to read here: absent, `null`, `""`, `{}` and `[]` all mean that in real records.
    public var isBlank: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .integer, .number: false
        }
    }

    /// The member of that name, exactly so spelled.
    public subscript(key: String) -> JSONValue? {
        object?[key]
    }

    /// The member of that name in any case: CloudTrail writes `aRN`, `arn` and `Arn` for the same field.
    ///
    /// The exact spelling wins; among several others the first in sorted order, so that the answer never depends on the
    /// order in which a dictionary happens to lie.
    public func member(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        if let exact = members[key] { return exact }
        var match: (name: String, value: JSONValue)?
        for (name, value) in members where name.isSpelled(key) && match.map({ name < $0.name }) ?? true {
            match = (name, value)
        }
        return match?.value
    }
}

extension String {
    /// Whether both are the same letters in any case; names in JSON are ASCII, where one bit is all the difference.
    fileprivate func isSpelled(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && utf8.elementsEqual(other.utf8) { one, other in
                one == other || one | 0x20 == other | 0x20 && 0x61...0x7A ~= one | 0x20
            }
    }
}
