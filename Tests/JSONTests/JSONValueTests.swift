import Foundation
import Testing

@testable import JSON

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            ("null", nil), ("true", true), ("false", false), ("1", 1), ("0", 0), ("-7", -7),
            ("9223372036854775807", .integer(.max)), ("1.5", 1.5), ("\"a\\u00e9\"", "aé"), ("[]", []), ("{}", [:]),
            ("{\"a\":[1,true,null]}", ["a": [1, true, nil]]),
            ("18446744073709551615", .number(18_446_744_073_709_551_616)),
        ] as [(String, JSONValue)]
    )
    func readsEveryKind(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(arguments: ["", "{", "[1", "nope", "{\"a\":}", "\"\\ud8\""])
    func refusesWhatIsNotJSON(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    /// Whatever our own reader takes, Foundation's takes alike.
    @Test(
        arguments: [
            "0", "-0", "-1", "00", "01", "1.0", "1e3", "-1.5E-2", "1.", ".5", "+1", "--1", "1-1", "9223372036854775808",
            "-1234567890123456", "-9223372036854775809", "1e400", " [ 1 , 2 ] ", "[1,]", "[,1]", "{\"a\":1,\"a\":2}",
            "{\"a\" : {\"b\":[]}}", "{a:1}", "{\"a\":1,}", "\"\\u00e9\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00x\"",
            "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "\"\\x\"", "\"é😀\"", "\"a\u{1}\"", "tru", "nullx", "true false",
            "\u{FEFF}[]",
            "\"open", "{\"a\":\"x\\\"y\"}", "[\"\\u0000\"]", "1 2", "{\"\":null}",
        ])
    func ourReaderAgreesWithFoundation(text: String) throws {
        let data = Data(text.utf8)
        guard let read = try? JSONReader.read(data) else { return }
        #expect(try JSONValue.readByFoundation(data) == read)
    }

    @Test func bytesThatAreNoTextAreLeftToFoundation() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]] {
            #expect(throws: JSONReader.Refusal.self) { try JSONReader.read(Data(bytes)) }
        }
    }

    @Test func utf16IsReadToo() throws {
        let data = try #require("{\"a\":[1]}".data(using: .utf16))
        #expect(try JSONValue(parsing: data) == ["a": [1]])
    }

    @Test func refusesHostileDepth() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(128)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(129)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(100_000)) }
    }

    @Test func membersIgnoreCaseButPreferTheExactSpelling() {
        let value: JSONValue = ["ARN": "upper", "arn": "exact", "aRN": "mixed"]
        #expect(value.member("arn") == "exact")
        #expect(value.member("Arn") == "upper")
        #expect(value.member("urn") == nil)
    }

    @Test func writesSortedAndUnescaped() {
        let value: JSONValue = ["b": "x/y", "a": [1, true, nil, 0.5]]
        #expect(value.compactText == #"{"a":[1,true,null,0.5],"b":"x/y"}"#)
    }

    /// The bytes are those of Foundation's encoder, whose place the writer takes.
    @Test(
        arguments: [
            "", "plain", "\"quoted\" \\ / \u{7f}", "tab\t line\r\n\u{0}\u{8}\u{c}\u{1f}", "Zoë 🦊 \u{2028}",
        ].map(JSONValue.string) + [
            .null, true, false, 0, -1, .integer(.max), .integer(.min), 0.5, -1.0, 1e300, 1.5e-7, .number(123_456_789),
            [], [:], ["a": [], "B": ["é": 1, "b": nil], "_": [1, [2, ["x"]]], "10": 1, "9": 2, "aa": 3],
        ] as [JSONValue]
    )
    func writesAsTheEncoderDoes(value: JSONValue) throws {
        #expect(value.compactText == String(decoding: try JSONEncoder.stable.encode(value), as: UTF8.self))
    }

    @Test func flagsAndNumbersMayBeText() {
        #expect(JSONValue.string("true").flag == true)
        #expect(JSONValue.integer(1).flag == nil)
        #expect(JSONValue.string("42").integer == 42)
        #expect(JSONValue.bool(false).scalarText == "false")
    }
}
