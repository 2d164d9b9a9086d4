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
        guard let read = try? JSONReader.read([UInt8](text.utf8)) else { return }
        #expect(try JSONValue.readByFoundation(Data(text.utf8)) == read)
    }

    @Test func bytesThatAreNoTextAreLeftToFoundation() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]] {
            #expect(throws: JSONReader.Refusal.self) { try JSONReader.read(bytes) }
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

    /// A document that was read answers as one that was made, whatever is asked and however its names are written.
    @Test(
        arguments: [
            #"{"ARN":"upper","arn":"exact","aRN":"mixed"}"#, #"{"aRN":1,"ARN":2,"ARN":3}"#,
            #"{"arn":1,"arn":{"a":[]}}"#,
            #"{"\u0061rn":"escaped","x":[{"arn":"inner"}]}"#, #"{"\u0041RN":"escaped"}"#,
            #"{"arn ":1,"rn":2,"a":{"arn":3}}"#,
            #"{}"#, #"[{"arn":1}]"#, #""arn""#, #"null"#, #"true"#, #"12"#, #"1.5"#, #"" ""#, #"[]"#, #"{"arn":null}"#,
            #"-0"#,
            #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
        ])
    func readAnswersAsMade(text: String) throws {
        let read = try JSONValue(parsing: text)
        let made = try JSONValue.readByFoundation(Data(text.utf8))
        #expect(read == made)
        #expect(read.hashValue == made.hashValue)
        #expect(read["arn"] == made["arn"])
        #expect(read.member("arn") == made.member("arn"))
        #expect(read.member("Arn") == made.member("Arn"))
        #expect(read.object == made.object)
        #expect(read.array == made.array)
        #expect(read.string == made.string)
        #expect(read.scalarText == made.scalarText)
        #expect(read.integer == made.integer)
        #expect(read.flag == made.flag)
        #expect(read.isBlank == made.isBlank)
        #expect(read.isNull == made.isNull)
        #expect(read.isObject == made.isObject)
        #expect(read.isArray == made.isArray)
        #expect(read.isString == made.isString)
        #expect(read.compactText == made.compactText)
    }

    @Test(arguments: ["[1,{\"a\":\"b\\\"c\"}]", "\"plain\"", "12", " {} "])
    func readsADocumentThatStandsInAText(inner: String) throws {
        let outer = try JSONValue(parsing: JSONValue.array([.string(inner)]).compactText)
        let text = try #require(outer.array?.first)
        #expect(try JSONValue(parsingTextOf: text) == JSONValue(parsing: inner))
        #expect(try JSONValue(parsingTextOf: .string(inner)) == JSONValue(parsing: inner))
    }

    @Test func whatIsNoTextHoldsNoDocument() {
        for value in [.null, 1, ["a"], [:]] as [JSONValue] {
            #expect(throws: JSONError.self) { try JSONValue(parsingTextOf: value) }
        }
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
