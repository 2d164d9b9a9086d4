internal import Foundation

/// How numbers are read.
enum JSONNumber {
    /// A whole number of 64 bits.
    static func whole(_ text: ArraySlice<UInt8>) -> Int64? { Int64(String(decoding: text, as: UTF8.self)) }

    /// Fractions are rare in records, and to read them well is an art of its own.
    static func fraction(_ text: ArraySlice<UInt8>) -> JSONValue.Kind? {
        let number = try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])
        return (number as? NSNumber).map(kind)
    }

    static func kind(_ number: NSNumber) -> JSONValue.Kind {
        // JSONSerialization boxes true and false as C chars; no JSON number is ever boxed so.
        switch UInt8(bitPattern: number.objCType.pointee) {
        case UInt8(ascii: "c"), UInt8(ascii: "B"): .bool(number.boolValue)
        case UInt8(ascii: "d"), UInt8(ascii: "f"): .number(number.doubleValue)
        case UInt8(ascii: "Q") where number.uint64Value > UInt64(Int64.max): .number(number.doubleValue)
        default: .integer(number.int64Value)
        }
    }
}
