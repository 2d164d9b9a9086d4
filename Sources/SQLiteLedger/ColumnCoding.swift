import AutoTagger
import Foundation
import GRDB
import JSON

/// A column whose text is not what this version writes.
struct ColumnError: Error, CustomStringConvertible {
    let description: String
}

/// How values lie in columns: documents as JSON with sorted keys.
enum Column {
    static func encode(_ tags: [String: String]) -> String {
        if tags.isEmpty { return "{}" }
        var writer = JSONWriter()
        writer.write(tags)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func encode(_ failure: Failure?) -> String? { failure?.stored.compactText }

    static func decode<Value: Decodable>(_ text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw ColumnError(description: "a stored \(Value.self) cannot be read")
        }
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

    func json<Value: Decodable>(_ index: Int) throws -> Value { try Column.decode(self[index]) }

    func optionalJSON<Value: Decodable>(_ index: Int) throws -> Value? {
        hasNull(atIndex: index) ? nil : try json(index)
    }
}
