internal import Foundation
internal import FoundationXML
internal import JSON

/// An XML reply as a tree, without a schema: an element with children is an object, a repeated one an array, text a string.
///
/// Numbers stay text, since without a schema `"012"` cannot be told from a number. Attributes and namespaces are dropped.
final class XMLReader: NSObject, XMLParserDelegate {
    /// A document's root: what it is called and what it holds.
    struct Document {
        var root: String
        var content: JSONValue
    }

    private struct Open {
        let name: String
        var text = ""
        var children: [String: JSONValue] = [:]
    }

    /// Deeper than any reply; what is hostile should not take the parser's stack.
    static let maximumDepth = 64

    private var open: [Open] = []
    private var result: Document?
    private var refusal: String?

    /// Reads one document.
    ///
    /// - Throws: ``XMLReadingError`` when the bytes are not XML, declare entities, or nest too deep.
    static func read(_ data: Data) throws(XMLReadingError) -> Document {
        // No AWS reply has a DTD; refusing it before parsing leaves entity bombs nothing to work with.
        if data.range(of: Data("<!DOCTYPE".utf8)) != nil || data.range(of: Data("<!ENTITY".utf8)) != nil {
            throw XMLReadingError("it declares a document type")
        }
        let reader = XMLReader()
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let refusal = reader.refusal { throw XMLReadingError(refusal) }
        guard isWellFormed, let result = reader.result else {
            throw XMLReadingError("it breaks off or is not well formed at line \(parser.lineNumber)")
        }
        return result
    }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard open.count < Self.maximumDepth else {
            refusal = "it nests deeper than \(Self.maximumDepth) levels"
            return parser.abortParsing()
        }
        open.append(Open(name: elementName))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard let last = open.indices.last else { return }
        open[last].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard let last = open.indices.last else { return }
        open[last].text += String(decoding: CDATABlock, as: UTF8.self)
    }

    func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
        guard let element = open.popLast() else { return }
        let value: JSONValue = element.children.isEmpty ? .string(element.text) : .object(element.children)
        guard let parent = open.indices.last else {
            result = Document(root: element.name, content: value)
            return
        }
        switch open[parent].children[element.name] {
        case nil: open[parent].children[element.name] = value
        case .array(let siblings): open[parent].children[element.name] = .array(siblings + [value])
        case .some(let first): open[parent].children[element.name] = .array([first, value])
        }
    }
}

/// Why a reply is not the XML that was expected.
struct XMLReadingError: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
