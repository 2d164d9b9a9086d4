import AutoTaggerTesting
import Foundation
import Testing

@testable import JSON

/// Our reader beside Foundation's, over documents that nobody thought of.
@Suite struct RandomDocumentTests {
    @Test(arguments: 0..<40)
    func readsWhatWasWritten(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        for _ in 0..<25 {
            let value = Self.value(depth: 0, bits: 64, &random)
            let text = Self.written(value, &random)
            let read = try JSONReader.read([UInt8](text.utf8))
            #expect(read == value, "\(text)")
            #expect(read.compactText == value.compactText)
            // And once more inside of a text.
            let outer = try JSONReader.read([UInt8](Self.written(.array([.string(text)]), &random).utf8))
            let inner = try #require(outer.array?.first)
            #expect(try JSONValue(parsingTextOf: inner) == value)
        }
    }

    /// A document that was damaged is either refused, or read as Foundation reads it; but for whole numbers of more than 53 bits, of which
    /// Foundation makes others now and then.
    @Test(arguments: 0..<40)
    func neverReadsOtherThanFoundationDoes(seed: UInt64) {
        var random = SplitMix64(state: 1000 + seed)
        for _ in 0..<50 {
            var bytes = [UInt8](Self.written(Self.value(depth: 0, bits: 40, &random), &random).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                default: bytes.insert(#"{}[]",:\u0e1-.tfn "#.utf8.randomElement(using: &random) ?? 0, at: place)
                }
            }
            guard let read = try? JSONReader.read(bytes) else { continue }
            let other = try? JSONValue.readByFoundation(Data(bytes))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                other?.compactText == read.compactText,
                "\(text)\nis \(other?.compactText ?? "nothing") read as \(read.compactText)")
            #expect(other == read, "\(text)")
        }
    }

    private static let pieces = [
        "", "a", "eventName", "AROA", "\"", "\\", "/", "\n", "\t", "\u{8}", "\u{c}", "\r", "\u{1}", "é", "ß", "😀",
        "\u{7f}", "\u{2028}",
        "seven b", "eight by", "nine byte", "a text that is longer than any sixteen bytes are", "{\"a\":[1]}",
    ]

    private static func text(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func value(depth: Int, bits: Int64, _ random: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 6 : 9), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2:
            return .integer(
                Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: (64 - bits)...63, using: &random))
        case 3: return .number(0.5 + Double(Int.random(in: -9...9, using: &random)))
        case 4, 5: return .string(text(&random))
        case 6:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1, bits: bits, &random) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                members[text(&random)] = value(depth: depth + 1, bits: bits, &random)
            }
            return .object(members)
        }
    }

    /// In any order, with any white space, and escaped where nothing asks for it.
    private static func written(_ value: JSONValue, _ random: inout SplitMix64) -> String {
        func space() -> String { ["", "", "", " ", "\n\t"].randomElement(using: &random) ?? "" }
        switch value.kind {
        case .string(let text): return quoted(text, &random)
        case .array(let elements):
            return "[" + space() + elements.map { written($0, &random) }.joined(separator: space() + "," + space())
                + "]"
        case .object(let members):
            let all = members.sorted { $0.key < $1.key }.shuffled(using: &random).map { key, member in
                quoted(key, &random) + space() + ":" + space() + written(member, &random)
            }
            return "{" + all.joined(separator: "," + space()) + space() + "}"
        case .null, .bool, .integer, .number: return value.compactText
        }
    }

    private static let shortEscapes: [Unicode.Scalar: String] = [
        "\"": #"\""#, "\\": #"\\"#, "/": #"\/"#, "\u{8}": #"\b"#, "\u{c}": #"\f"#, "\n": #"\n"#, "\r": #"\r"#,
        "\t": #"\t"#,
    ]

    private static func quoted(_ text: String, _ random: inout SplitMix64) -> String {
        var written = "\""
        for unit in text.unicodeScalars {
            let isSpecial = unit.value < 0x20 || unit == "\"" || unit == "\\"
            if let short = shortEscapes[unit], Bool.random(using: &random) {
                written += short
            } else if isSpecial || Int.random(in: 0..<8, using: &random) == 0 {
                for half in String(unit).utf16 {
                    let digits = String(half, radix: 16, uppercase: Bool.random(using: &random))
                    written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                written.unicodeScalars.append(unit)
            }
        }
        return written + "\""
    }
}
