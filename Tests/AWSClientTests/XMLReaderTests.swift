import Foundation
import JSON
import Testing

@testable import AWSClient

/// XML as a tree, whole or as far as somebody reads it.
@Suite struct XMLReaderTests {
    @Test(
        "elements, text and lists become a tree",
        arguments: [
            ("<r><a>1</a></r>", ["a": "1"]),
            ("<r/>", ""), ("<r></r>", ""), ("<r> x </r>", " x "), ("<r><a/><b></b></r>", ["a": "", "b": ""]),
            ("<?xml version='1.0'?>\n<r xmlns=\"u>v\">\n  <a k='/>'>1</a>\n</r>\n", ["a": "1"]),
            ("<r><a>1</a><a>2</a></r>", ["a": ["1", "2"]]),
            ("<r><a>1</a><b>x</b><a>2</a><a>3</a></r>", ["a": ["1", "2", "3"], "b": "x"]),
            ("<r><a>1 &lt; 2<![CDATA[ & <b>]]><!-- no --> &#x263A;</a></r>", ["a": "1 < 2 & <b> \u{263A}"]),
            ("<r><a><![CDATA[x]]>y</a></r>", ["a": "xy"]),
            (
                "<r><aMuchLongerName>1</aMuchLongerName><aMuchLongerNome>2</aMuchLongerNome></r>",
                ["aMuchLongerName": "1", "aMuchLongerNome": "2"]
            ),
        ] as [(String, JSONValue?)])
    func reads(text: String, tree: JSONValue?) {
        #expect((try? XMLReader.read(Data(text.utf8)))?.content == tree)
    }

    @Test(
        "what nobody reads is passed over, however it looks",
        arguments: [
            ("<r><a>1</a><b>2</b></r>", ["a": "1"]),
            ("<r><b/><a>1</a><b k='1'/></r>", ["a": "1"]),
            ("<r><b><a>0</a><b><c>x</c></b></b><a>1</a></r>", ["a": "1"]),
            ("<r><b><![CDATA[</b><a>]]><!-- </b> --><?p </b> ?>&unknown;</b><a>1</a></r>", ["a": "1"]),
            ("<r>\n <a>\n  <b>2</b>\n  <a>1</a>\n </a>\n</r>", ["a": ["a": "1"]]),
            ("<r><b>2</b></r>", ""), ("<r><a><b>2</b></a></r>", ["a": ""]),
            ("<r><requestId>i</requestId><b/></r>", ["requestId": "i"]),
        ] as [(String, JSONValue)])
    func passesOver(text: String, tree: JSONValue) throws {
        #expect(try XMLReader.read(Data(text.utf8), wanted: ReplyElements(["a"])).content == tree)
    }

    @Test(
        "what is no document is refused, and why",
        arguments: [
            ("", "breaks off"), ("<r>", "breaks off"), ("<r><b>", "breaks off"), ("<r><b>x", "breaks off"),
            ("<r><b></b>", "breaks off"), ("<r><b k='", "breaks off"), ("<r><a></b></r>", "is not open"),
            ("<r></a>", "is not open"), ("<r></r></r>", "is not open"), ("<r/><r/>", "not well formed"),
            ("x<r/>", "outside of its root"), ("<r/>x", "outside of its root"), ("<!DOCTYPE r><r/>", "document type"),
            ("<r><b><!DOCTYPE r></b></r>", "document type"), ("<r><a>&x;</a></r>", "an entity"),
            ("<r>\n\n<a></r>", "in line 3"),
            (String(repeating: "<a>", count: 65), "deeper"), ("<r>" + String(repeating: "<b>", count: 64), "deeper"),
        ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: XMLReadingError.self) {
            try XMLReader.read(Data(text.utf8), wanted: ReplyElements(["a"]))
        }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
}
