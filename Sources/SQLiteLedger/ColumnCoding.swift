import AutoTagger
import Foundation
import GRDB
import JSON

/// How values lie in columns.
extension Date {
    /// Whole milliseconds since 1970, held within what any calendar can name, so that no record's time can overflow.
    var milliseconds: Int64 {
        let limit = 9e15
        return Int64(min(max((timeIntervalSince1970 * 1000).rounded(), -limit), limit))
    }

    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

/// A column whose text is not what this version writes.
struct ColumnError: Error, CustomStringConvertible {
    let description: String
}

enum Column {
    static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder.stable.encode(value), as: UTF8.self)
    }

    /// Tags as JSON with sorted keys, written by hand: every settlement writes three such maps a resource, and with
    /// Foundation's encoder they took a third of its time.
    static func encode(_ tags: [String: String]) -> String {
        var text = "{"
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            if text.utf8.count > 1 { text += "," }
            append(key, to: &text)
            text += ":"
            append(value, to: &text)
        }
        return text + "}"
    }

    private static func append(_ string: String, to text: inout String) {
        text += "\""
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            text += string
        } else {
            for scalar in string.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\u{0}"..<"\u{20}":
                    text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    static func encode(_ failure: Failure?) throws -> String? {
        try failure.map { String(decoding: try JSONEncoder.stable.encode($0), as: UTF8.self) }
    }
}

/// Columns by their place in the query, as what they stand for.
extension Row {
    func instant(_ index: Int) -> Date { Date(milliseconds: self[index]) }

    func optionalInstant(_ index: Int) -> Date? { (self[index] as Int64?).map(Date.init(milliseconds:)) }

    func word<Value: RawRepresentable>(_ index: Int) throws -> Value where Value.RawValue == String {
        let word: String = self[index]
        guard let value = Value(rawValue: word) else {
            throw ColumnError(description: "'\(word)' is no \(Value.self) that this version knows")
        }
        return value
    }

    func optionalWord<Value: RawRepresentable>(_ index: Int) throws -> Value? where Value.RawValue == String {
        hasNull(atIndex: index) ? nil : try word(index)
    }

    func json<Value: Decodable>(_ index: Int) throws -> Value {
        let text: String = self[index]
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw ColumnError(description: "a stored \(Value.self) cannot be read")
        }
    }

    func optionalJSON<Value: Decodable>(_ index: Int) throws -> Value? {
        hasNull(atIndex: index) ? nil : try json(index)
    }
}
