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

    /// `{}` without the encoder: most resources keep nothing, and each encoder costs as much as the row.
    static func encode(_ tags: [String: String]) throws -> String {
        tags.isEmpty ? "{}" : String(decoding: try JSONEncoder.stable.encode(tags), as: UTF8.self)
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
