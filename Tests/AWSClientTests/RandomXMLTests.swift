import AutoTaggerTesting
import Foundation
import JSON
import Testing

@testable import AWSClient

/// Replies that nobody thought of: read whole, and as far as somebody reads them.
@Suite struct RandomXMLTests {
    @Test(arguments: 0..<40)
    func whatIsWantedIsReadAsInTheWhole(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        for _ in 0..<25 {
            let element = Element(depth: 0, &random)
            let text = element.written(&random)
            #expect(try XMLReader.read(Data(text.utf8)).content == element.value(only: nil), "\(text)")
            let some = try XMLReader.read(Data(text.utf8), wanted: ReplyElements(["a", "item"])).content
            #expect(some == element.value(only: ["a", "item"]), "\(text)")
        }
    }

    /// A reply that breaks off anywhere is no reply.
    @Test(arguments: 0..<10)
    func whatBreaksOffIsRefused(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let text = Element(depth: 0, &random).written(&random)
        let bytes = [UInt8](text.utf8)
        for _ in 0..<30 {
            let end = Int.random(in: 0..<bytes.count, using: &random)
            #expect(throws: XMLReadingError.self) {
                try XMLReader.read(Data(bytes[..<end]), wanted: ReplyElements(["a"]))
            }
        }
    }
}

/// An element with a text or with children, and what it should read as.
private struct Element {
    let name: String
    let text: String
    let children: [Element]

    init(depth: Int, _ random: inout SplitMix64) {
        name = ["a", "b", "item", "aLongerName"].randomElement(using: &random) ?? "a"
        let count = depth > 4 ? 0 : Int.random(in: 0...4, using: &random)
        var children: [Element] = []
        for _ in 0..<count { children.append(Element(depth: depth + 1, &random)) }
        self.children = children
        text =
            ["", "x", "1 < 2 & 3", "é😀", "]]", "a text of more than sixteen bytes"].randomElement(using: &random) ?? ""
    }

    func value(only wanted: Set<String>?) -> JSONValue {
        if children.isEmpty { return .string(text) }
        var lists: [String: [JSONValue]] = [:]
        for child in children where wanted?.contains(child.name) ?? true {
            lists[child.name, default: []].append(child.value(only: wanted))
        }
        return lists.isEmpty ? "" : .object(lists.mapValues { $0.count == 1 ? $0[0] : .array($0) })
    }

    func written(_ random: inout SplitMix64) -> String {
        let mark = ["", "", " k='>'", " k=\"/>\" l='<b>'", "\n"].randomElement(using: &random) ?? ""
        if children.isEmpty, text.isEmpty, Bool.random(using: &random) { return "<\(name)\(mark)/>" }
        var inner = ""
        if children.isEmpty {
            inner = Bool.random(using: &random) ? "<![CDATA[\(text)]]>" : Self.escaped(text)
            if text.isEmpty { inner = "" }
        }
        for child in children {
            inner += ["", "", "<!-- </b> -->", "<?p <a> ?>"].randomElement(using: &random) ?? ""
            inner += child.written(&random)
        }
        return "<\(name)\(mark)>\(inner)</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&#x3C;").replacing("é", with: "&#233;")
    }
}
