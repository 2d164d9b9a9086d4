internal import Foundation
internal import JSON

/// Parameters in the body, as the ec2 and query protocols write trees: `Tag.1.Key=Owner`.
struct QueryForm {
    let operation: AWSOperation
    private var text: [UInt8]
    /// Where the value stands that is written now, encoded.
    private var path: [UInt8] = []

    /// The form of that operation, with `Action` and `Version` in front.
    init(_ operation: AWSOperation) {
        self.operation = operation
        text = Array("Action=".utf8)
        text.reserveCapacity(1024)
        text += operation.name.utf8
        text += "&Version=".utf8
        text += operation.service.apiVersion.utf8
    }

    /// Writes the input's members, sorted, so that one input is always the same bytes.
    mutating func write(_ members: [String: JSONValue]) -> Data {
        write(members: members)
        return Data(text)
    }

    private mutating func write(members: [String: JSONValue]) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            within(name) { $0.write(value, member: name) }
        }
    }

    private mutating func write(_ value: JSONValue, member: String) {
        switch value.kind {
        case .null: return
        case .array(let elements): write(elements, member: member)
        case .object(let members):
            if let map = operation.maps[member] {
                write(members, as: map)
            } else {
                write(members: members)
            }
        default: append(value.scalarText ?? "")
        }
    }

    private mutating func write(_ elements: [JSONValue], member: String) {
        guard operation.service.wire == .query else { return write(numbered: elements) }
        let shape = operation.lists[member] ?? AWSOperation.ListShape()
        if elements.isEmpty { append("") }
        if shape.isFlattened {
            write(numbered: elements)
        } else {
            within(shape.element) { $0.write(numbered: elements) }
        }
    }

    private mutating func write(numbered elements: [JSONValue]) {
        for (index, element) in elements.enumerated() {
            within(String(index + 1)) { $0.write(element, member: "") }
        }
    }

    private mutating func write(_ entries: [String: JSONValue], as map: AWSOperation.MapShape) {
        guard !map.isFlattened else { return write(numbered: entries, as: map) }
        within("entry") { $0.write(numbered: entries, as: map) }
    }

    private mutating func write(numbered entries: [String: JSONValue], as map: AWSOperation.MapShape) {
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            within(String(index + 1)) { form in
                form.within(map.key) { $0.append(entry.key) }
                form.within(map.value) { $0.write(entry.value, member: map.value) }
            }
        }
    }

    /// Writes what stands one step further in.
    private mutating func within(_ step: String, _ write: (inout QueryForm) -> Void) {
        let length = path.count
        if length > 0 { path.append(UInt8(ascii: ".")) }
        PercentEncoding.append(step, to: &path)
        write(&self)
        path.removeSubrange(length...)
    }

    private mutating func append(_ value: String) {
        text.append(UInt8(ascii: "&"))
        text += path
        text.append(UInt8(ascii: "="))
        PercentEncoding.append(value, to: &text)
    }
}
