import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

/// Every tagging operation of AWS fits into a description: built here from the catalogue that lies beside the project.
@Suite struct TaggingCatalogueTests {
    private static let isPresent = (try? Vectors.data("../catalog/tagapis.json")) != nil

    /// A value that no encoding changes, so that it can be found wherever it went.
    private static let id = "Resource-1"

    @Test(.enabled(if: isPresent, "catalog/tagapis.json is not here: set AUTOTAGGER_SHARED"))
    func everyTaggingOperationCanBeBuilt() throws {
        let services = try #require(try Vectors.json("../catalog/tagapis.json").object)
        var built = 0
        var byWire: [String: Int] = [:]
        for entry in services.values.flatMap({ $0.array ?? [] }) {
            let (operation, input) = try describe(entry)
            let endpoint = try EndpointRules.endpoint(
                EndpointQuery(service: operation.service, region: "eu-central-1")
            )
            let request = try RequestBuilder(operation: operation, input: input).request(to: endpoint)
            let name = "\(entry["service"]?.string ?? ""):\(operation.name)"
            let body = String(decoding: request.body, as: UTF8.self)
            #expect(body.contains("Owner") && body.contains("someone"), "\(name): no tag in \(body)")
            #expect(!request.url.contains("{"), "\(name): \(request.url)")
            for id in entry["ids"]?.array ?? [] {
                #expect(isPlaced(id, request, body), "\(name): \(id["name"]?.string ?? "") is not where it belongs")
            }
            built += 1
            byWire[operation.service.wire.rawValue, default: 0] += 1
        }
        let parts = byWire.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("tagging operations built: \(built)/337 (\(parts))")
        #expect(built == 337)
    }

    private func isPlaced(_ id: JSONValue, _ request: HTTPRequest, _ body: String) -> Bool {
        let name = id["locationName"]?.string ?? ""
        switch id["location"]?.string {
        case "uri": return URLParts(request.url).path.contains(Self.id)
        case "querystring": return URLParts(request.url).query.contains("\(name)=\(Self.id)")
        case "header": return request.headers.contains { $0.name == name && $0.value == Self.id }
        default: return body.contains(Self.id) && body.contains(name)
        }
    }

    private func describe(_ entry: JSONValue) throws -> (AWSOperation, JSONValue) {
        let wire = entry["protocol"]?.string ?? ""
        let service = AWSService(
            id: entry["service"]?.string ?? "",
            endpointPrefix: entry["endpointPrefix"]?.string ?? "",
            signingName: entry["signingName"]?.string,
            // The services whose first choice is CBOR speak JSON as well.
            wire: AWSService.WireProtocol(rawValue: wire) ?? .json,
            apiVersion: entry["apiVersion"]?.string ?? "",
            targetPrefix: entry["targetPrefix"]?.string,
            jsonVersion: entry["jsonVersion"]?.string ?? "1.0"
        )
        var operation = AWSOperation(
            service,
            entry["operation"]?.string ?? "",
            method: entry["method"]?.string ?? "POST",
            uri: entry["uri"]?.string ?? "/"
        )
        var input: [String: JSONValue] = [:]
        for id in entry["ids"]?.array ?? [] {
            let name = id["locationName"]?.string ?? ""
            switch id["location"]?.string {
            case "uri": operation.placements[name] = .label(name)
            case "querystring": operation.placements[name] = .query(name)
            case "header": operation.placements[name] = .header(name)
            default: break
            }
            input[name] = id["list"]?.flag == true ? [.string(Self.id)] : .string(Self.id)
        }
        let tags = try #require(entry["tags"])
        let name = tags["locationName"]?.string ?? ""
        var value: JSONValue
        if tags["form"]?.string == "map" {
            value = ["Owner": "someone"]
            operation.maps[name] = AWSOperation.MapShape()
        } else {
            value = [[tags["key"]?.string ?? "": "Owner", tags["value"]?.string ?? "": "someone"].object()]
            operation.lists[tags["wrapper"]?.string ?? name] = AWSOperation.ListShape(
                element: tags["memberLocationName"]?.string ?? "member",
                isFlattened: tags["flattened"]?.flag ?? false
            )
        }
        if let wrapper = tags["wrapper"]?.string {
            value = .object([wrapper: value])
            if service.wire == .restXML { operation.placements[name] = .payload }
        }
        input[name] = value
        return (operation, .object(input))
    }
}

extension [String: JSONValue] {
    fileprivate func object() -> JSONValue { .object(self) }
}
