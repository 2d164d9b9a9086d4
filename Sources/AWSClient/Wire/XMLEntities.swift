/// What stands in a text for what XML could not hold otherwise: the five entities of XML itself, and characters by their numbers.
enum XMLEntities {
    /// What is wrong with a text.
    enum Problem: String, Error {
        case unfinished = "is not well formed"
        case unknown = "names an entity that XML does not have"
    }

    /// A text as it is meant.
    static func resolve(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
        var resolved: [UInt8] = []
        var rest = text
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            resolved += rest[..<start]
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")) else { throw .unfinished }
            guard let scalar = scalar(String(decoding: rest[(start + 1)..<end], as: UTF8.self)) else { throw .unknown }
            resolved += String(Character(scalar)).utf8
            rest = rest[(end + 1)...]
        }
        return resolved + rest
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard entity.hasPrefix("#") else { return nil }
        let number = entity.hasPrefix("#x") ? UInt32(entity.dropFirst(2), radix: 16) : UInt32(entity.dropFirst())
        return number.flatMap(Unicode.Scalar.init)
    }
}
