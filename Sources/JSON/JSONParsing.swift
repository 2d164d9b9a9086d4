public import Foundation

/// Why a text is not the JSON that was hoped for.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and, where the parser knows it, at which line and column.
    public let message: String

    /// Says what is wrong.
    public init(_ message: String) { self.message = message }

    /// The message alone: it is meant to be shown to a person.
    public var description: String { message }
}

extension JSONValue {
    /// How deep a document may nest before it is refused as hostile; real records stay under 20.
    public static let maximumDepth = 128

    /// Reads one JSON document, fragments included.
    ///
    /// - Throws: ``JSONError`` when the bytes are not JSON or nest deeper than ``maximumDepth``.
    public init(parsing data: Data) throws(JSONError) {
        try self.init(parsing: [UInt8](data))
    }

    /// Reads one JSON document from text.
    ///
    /// - Throws: ``JSONError`` as `init(parsing:)` over data does.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: [UInt8](text.utf8))
    }

    /// Reads the JSON document that stands in a text of another, as a record does in a message.
    ///
    /// - Throws: ``JSONError`` as `init(parsing:)` over data does, and when the value is no text.
    public init(parsingTextOf value: JSONValue) throws(JSONError) {
        let bytes: [UInt8]? =
            switch value.form {
            case .written(let document, let node): document.textBytes(of: node)
            case .built: value.string.map { [UInt8]($0.utf8) }
            }
        guard let bytes else { throw JSONError("no text that could be read as JSON") }
        try self.init(parsing: bytes)
    }

    private init(parsing bytes: [UInt8]) throws(JSONError) {
        do throws(JSONReader.Refusal) {
            self = try JSONReader.read(bytes)
        } catch {
            self = try Self.readByFoundation(Data(bytes))
        }
    }

    /// Reads what is not plain UTF-8 without a mistake, or says what is wrong with it.
    static func readByFoundation(_ data: Data) throws(JSONError) -> JSONValue {
        let tree: Any
        do {
            tree = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
        } catch {
            throw JSONError(reason(of: error as NSError))
        }
        return try bridge(tree, depth: 1)
    }

    private static func reason(of error: NSError) -> String {
        (error.userInfo[NSDebugDescriptionErrorKey] as? String) ?? error.localizedDescription
    }

    private static func bridge(_ value: Any, depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= maximumDepth else { throw JSONError("nested deeper than \(maximumDepth) levels") }
        switch value {
        case let text as String: return .string(text)
        case let members as [String: Any]:
            var object = [String: JSONValue](minimumCapacity: members.count)
            for (key, member) in members { object[key] = try bridge(member, depth: depth + 1) }
            return .object(object)
        case let elements as [Any]:
            var array: [JSONValue] = []
            array.reserveCapacity(elements.count)
            for element in elements { array.append(try bridge(element, depth: depth + 1)) }
            return .array(array)
        case let number as NSNumber: return JSONValue(JSONNumber.kind(number))
        default: return .null
        }
    }
}
