internal import Foundation
internal import JSON

/// A tree written as XML, for the few operations whose bodies are.
struct XMLBody {
    let operation: AWSOperation

    /// The document with that root, or without a body when there is nothing in it.
    func document(root: String, _ value: JSONValue) -> Data {
        let namespace = operation.service.xmlNamespace.map { " xmlns=\"\(Self.escape($0))\"" } ?? ""
        return Data("<\(root)\(namespace)>\(content(value, member: root))</\(root)>".utf8)
    }

    private func content(_ value: JSONValue, member: String) -> String {
        guard let members = value.object else { return Self.escape(value.scalarText ?? "") }
        return members.sorted { $0.key < $1.key }.map { element($0.key, $0.value) }.joined()
    }

    private func element(_ name: String, _ value: JSONValue) -> String {
        switch value.kind {
        case .null: return ""
        case .array(let elements):
            let shape = operation.lists[name] ?? AWSOperation.ListShape()
            let items = elements.map { item in
                let inner = shape.isFlattened ? name : shape.element
                return "<\(inner)>\(content(item, member: inner))</\(inner)>"
            }
            return shape.isFlattened ? items.joined() : "<\(name)>\(items.joined())</\(name)>"
        case .object(let members):
            guard let map = operation.maps[name] else { return "<\(name)>\(content(value, member: name))</\(name)>" }
            let tag = map.isFlattened ? name : "entry"
            let entries = members.sorted { $0.key < $1.key }.map { key, value in
                "<\(tag)>\(element(map.key, .string(key)))\(element(map.value, value))</\(tag)>"
            }
            return map.isFlattened ? entries.joined() : "<\(name)>\(entries.joined())</\(name)>"
        default: return "<\(name)>\(content(value, member: name))</\(name)>"
        }
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // A parser would make these a plain line feed, and in some places drop them.
            case "\r", "\n", "\u{85}", "\u{2028}": escaped += "&#x\(String(scalar.value, radix: 16, uppercase: true));"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
