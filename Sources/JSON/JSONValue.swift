/// One value of a JSON document, or of an XML reply read into the same shape.
///
/// CloudTrail writes every AWS API's parameters into one record, so a fixed model for each is out of reach; the whole
/// house works on this tree instead and finds its way by paths. Whole numbers keep all their 64 bits: ids and epoch
/// milliseconds do not fit a `Double`.
///
/// What was read from text stays text until somebody asks: of a record's hundred fields a handler wants ten, and a tree of all of
/// them, with a dictionary for each object, was a fifth of an event's processor time. ``kind`` says what a value is, and takes out
/// its members or elements; ``member(_:)`` and the subscript go to one of them without the others.
public struct JSONValue: Sendable {
    /// What a value is, with what it holds.
    public enum Kind: Sendable, Hashable {
        case null
        case bool(Bool)
        case integer(Int64)
        case number(Double)
        case string(String)
        case array([JSONValue])
        case object([String: JSONValue])
    }

    enum Form: Sendable {
        /// Made by somebody, piece by piece.
        case built(Kind)
        /// A place in a document that was read.
        case written(JSONDocument, node: Int)
    }

    let form: Form

    init(_ form: Form) { self.form = form }

    /// A value of that kind.
    public init(_ kind: Kind) { form = .built(kind) }

    /// What it is, taken out of its document one level deep.
    public var kind: Kind {
        switch form {
        case .built(let kind): kind
        case .written(let document, let node): document.kind(of: node)
        }
    }
}

extension JSONValue {
    /// Nothing.
    public static var null: JSONValue { JSONValue(.null) }
    /// `true` or `false`.
    public static func bool(_ flag: Bool) -> JSONValue { JSONValue(.bool(flag)) }
    /// A whole number.
    public static func integer(_ number: Int64) -> JSONValue { JSONValue(.integer(number)) }
    /// A number with a fraction.
    public static func number(_ number: Double) -> JSONValue { JSONValue(.number(number)) }
    /// A text.
    public static func string(_ text: String) -> JSONValue { JSONValue(.string(text)) }
    /// A list.
    public static func array(_ elements: [JSONValue]) -> JSONValue { JSONValue(.array(elements)) }
    /// Values with their names.
    public static func object(_ members: [String: JSONValue]) -> JSONValue { JSONValue(.object(members)) }
}

extension JSONValue: Hashable {
    /// Whether both say the same, read or made.
    public static func == (one: JSONValue, other: JSONValue) -> Bool {
        if case .written(let document, let node) = one.form, case .written(let same, node) = other.form,
            document === same
        {
            return true
        }
        return one.kind == other.kind
    }

    /// Equal values hash alike, read or made.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}
