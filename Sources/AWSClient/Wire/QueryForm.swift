internal import Foundation
internal import JSON

/// Parameters in the body, as the ec2 and query protocols write trees: `Tag.1.Key=Owner`.
struct QueryForm {
    let operation: AWSOperation
    private var text: String

    /// The form of that operation, with `Action` and `Version` in front.
    init(_ operation: AWSOperation) {
        self.operation = operation
        text = "Action=\(operation.name)&Version=\(operation.service.apiVersion)"
        text.reserveCapacity(512)
    }

    /// Writes the input's members, sorted, so that one input is always the same bytes.
    mutating func write(_ members: [String: JSONValue]) -> Data {
        write(members: members, under: "")
        return Data(text.utf8)
    }

    private mutating func write(members: [String: JSONValue], under parent: String) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            write(value, at: parent.isEmpty ? name : parent + "." + name, member: name)
        }
    }

    private mutating func write(_ value: JSONValue, at path: String, member: String) {
        switch value {
        case .null: return
        case .array(let elements): write(elements, at: path, member: member)
        case .object(let members):
            if let map = operation.maps[member] {
                write(members, as: map, at: path)
            } else {
                write(members: members, under: path)
            }
        default: append(path, value.scalarText ?? "")
        }
    }

    private mutating func write(_ elements: [JSONValue], at path: String, member: String) {
        var base = path
        if operation.service.wire == .query {
            let shape = operation.lists[member] ?? AWSOperation.ListShape()
            if elements.isEmpty { append(path, "") }
            if !shape.isFlattened { base += ".\(shape.element)" }
        }
        for (index, element) in elements.enumerated() {
            write(element, at: base + "." + String(index + 1), member: "")
        }
    }

    private mutating func write(_ entries: [String: JSONValue], as map: AWSOperation.MapShape, at path: String) {
        let base = map.isFlattened ? path : "\(path).entry"
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            append("\(base).\(index + 1).\(map.key)", entry.key)
            write(entry.value, at: "\(base).\(index + 1).\(map.value)", member: map.value)
        }
    }

    private mutating func append(_ name: String, _ value: String) {
        text += "&"
        text += PercentEncoding.encode(name)
        text += "="
        text += PercentEncoding.encode(value)
    }
}
