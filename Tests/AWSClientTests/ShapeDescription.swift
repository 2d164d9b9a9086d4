import Foundation
import JSON

@testable import AWSClient

/// A published test model turned into an ``AWSOperation`` and an input by wire names, as the project's own data is written.
struct ShapeDescription {
    let shapes: JSONValue
    let wire: AWSService.WireProtocol
    private(set) var operation: AWSOperation
    /// What the model needs that a description by wire names leaves to its caller; such a case is left out by this name.
    private(set) var exclusion: String?

    init(suite: JSONValue, given: JSONValue, wire: AWSService.WireProtocol) {
        shapes = suite["shapes"] ?? [:]
        self.wire = wire
        let metadata = suite["metadata"] ?? [:]
        var service = AWSService(
            id: "Test",
            endpointPrefix: "test",
            wire: wire,
            apiVersion: metadata["apiVersion"]?.string ?? "",
            targetPrefix: metadata["targetPrefix"]?.string,
            jsonVersion: metadata["jsonVersion"]?.scalarText ?? "1.1"
        )
        service.xmlNamespace = given["input"]?["xmlNamespace"]?["uri"]?.string
        operation = AWSOperation(
            service,
            given["name"]?.string ?? "",
            method: given["http"]?["method"]?.string ?? "POST",
            uri: given["http"]?["requestUri"]?.string ?? "/",
            root: given["input"]?["locationName"]?.string
        )
        if given["endpoint"]?["hostPrefix"] != nil { exclusion = "host prefixes by shape" }
        if given["httpChecksum"] != nil || given["httpChecksumRequired"] != nil { exclusion = "checksums by trait" }
        if given["requestcompression"] != nil { exclusion = "request compression" }
    }

    /// The input by wire names; fills in the operation's placements, lists and maps on the way.
    mutating func input(_ params: JSONValue, shape name: String?) -> JSONValue {
        guard let name, let shape = shapes[name] else { return params }
        let payload = shape["payload"]?.string
        if let root = shape["locationName"]?.string { operation.root = root }
        var input: [String: JSONValue] = [:]
        for (member, value) in params.object ?? [:] {
            guard let reference = shape["members"]?[member] else { continue }
            let location = reference["location"]?.string
            let wireName = wireName(reference, member)
            let key = location == nil ? wireName : member
            switch location {
            case "uri": operation.placements[member] = .label(wireName)
            case "querystring": operation.placements[member] = .query(wireName)
            case "header": operation.placements[member] = .header(wireName)
            case nil: break
            default: exclusion = "location \(location ?? "")"
            }
            if member == payload {
                operation.placements[key] = .payload
                if operation.root == nil || wire == .restXML { operation.root = rootName(reference, member) }
                let namespace = reference["xmlNamespace"]?["uri"]?.string
                if let namespace { operation.service.xmlNamespace = namespace }
            }
            input[key] = convert(value, reference, name: key)
        }
        if let members = shape["members"]?.object {
            if members.values.contains(where: { $0["idempotencyToken"]?.flag == true }) {
                exclusion = "idempotency tokens"
            }
        }
        return .object(input)
    }

    private func rootName(_ reference: JSONValue, _ member: String) -> String {
        let shape = shapes[reference["shape"]?.string ?? ""]
        let own = reference["locationName"]?.string
        return own.flatMap { $0 == member ? nil : $0 } ?? shape?["locationName"]?.string
            ?? reference["shape"]?.string ?? member
    }

    private func wireName(_ reference: JSONValue, _ member: String) -> String {
        if wire == .ec2 {
            if let name = reference["queryName"]?.string { return name }
            let name = reference["locationName"]?.string ?? member
            return name.prefix(1).uppercased() + name.dropFirst()
        }
        let shape = shapes[reference["shape"]?.string ?? ""]
        let isFlattened = reference["flattened"]?.flag ?? shape?["flattened"]?.flag ?? false
        if wire == .query || wire == .restXML, isFlattened, shape?["type"]?.string == "list",
            reference["locationName"] == nil, let element = shape?["member"]?["locationName"]?.string
        {
            return element
        }
        return reference["locationName"]?.string ?? member
    }

    private mutating func convert(_ value: JSONValue, _ reference: JSONValue, name: String) -> JSONValue {
        guard let shape = shapes[reference["shape"]?.string ?? ""] else { return value }
        let isFlattened = reference["flattened"]?.flag ?? shape["flattened"]?.flag ?? false
        if reference["xmlAttribute"]?.flag == true { exclusion = "XML attributes" }
        if reference["jsonvalue"]?.flag == true { exclusion = "JSON inside a header" }
        switch shape["type"]?.string {
        case "structure":
            if shape["document"]?.flag == true || shape["eventstream"]?.flag == true { exclusion = "documents" }
            if shape["xmlNamespace"] != nil, wire == .restXML { exclusion = "namespaces inside the body" }
            var members: [String: JSONValue] = [:]
            for (member, value) in value.object ?? [:] {
                guard let reference = shape["members"]?[member] else { continue }
                if reference["xmlNamespace"] != nil { exclusion = "namespaces inside the body" }
                let key = wireName(reference, member)
                members[key] = convert(value, reference, name: key)
            }
            return .object(members)
        case "list":
            let element = shape["member"] ?? [:]
            if element["xmlNamespace"] != nil { exclusion = "namespaces inside the body" }
            operation.lists[name] = AWSOperation.ListShape(
                element: element["locationName"]?.string ?? "member",
                isFlattened: isFlattened
            )
            let inner = isFlattened ? name : element["locationName"]?.string ?? "member"
            if shapes[element["shape"]?.string ?? ""]?["type"]?.string == "list" { exclusion = "lists of lists" }
            return .array((value.array ?? []).map { convert($0, element, name: inner) })
        case "map":
            let key = shape["key"]?["locationName"]?.string ?? "key"
            let entry = shape["value"]?["locationName"]?.string ?? "value"
            operation.maps[name] = AWSOperation.MapShape(key: key, value: entry, isFlattened: isFlattened)
            if shape["xmlNamespace"] != nil || shape["key"]?["xmlNamespace"] != nil {
                exclusion = "namespaces inside the body"
            }
            let valueShape = shape["value"] ?? [:]
            return .object((value.object ?? [:]).mapValues { convert($0, valueShape, name: entry) })
        case "timestamp": exclusion = "timestamps, which a caller writes as text"
        case "blob": exclusion = "blobs, which a caller writes in base 64"
        case "float", "double": exclusion = "numbers with a fraction, which no tagging API has"
        default: break
        }
        return value
    }
}
