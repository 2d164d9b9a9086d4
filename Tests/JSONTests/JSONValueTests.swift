import Foundation
import JSON
import Testing

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
