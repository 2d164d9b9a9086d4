import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct RequestBuildingTests {
    private static let tags: JSONValue = [["Key": "Owner", "Value": "a&b"], ["Key": "x", "Value": ""]]

    @Test func writesEC2sForm() throws {
        let input: JSONValue = ["ResourceId": ["i-1", "vol-2"], "Tag": Self.tags, "DryRun": true]
        let request = try build(AWSOperation(.ec2, "CreateTags"), input)
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "Action=CreateTags&Version=2016-11-15&DryRun=true&ResourceId.1=i-1&ResourceId.2=vol-2"
                + "&Tag.1.Key=Owner&Tag.1.Value=a%26b&Tag.2.Key=x&Tag.2.Value="
        )
    }

    @Test(arguments: [
        (AWSOperation.ListShape(), "Tags.member.1.Key=k&Tags.member.1.Value=v"),
        (AWSOperation.ListShape(element: "Tag"), "Tags.Tag.1.Key=k&Tags.Tag.1.Value=v"),
        (AWSOperation.ListShape(isFlattened: true), "Tags.1.Key=k&Tags.1.Value=v"),
    ])
    func writesQuerysLists(shape: AWSOperation.ListShape, form: String) throws {
        let service = AWSService(id: "RDS", endpointPrefix: "rds", wire: .query, apiVersion: "2014-10-31")
        let operation = AWSOperation(service, "AddTagsToResource", lists: ["Tags": shape])
        let request = try build(operation, ["Tags": [["Key": "k", "Value": "v"]]])
        #expect(
            String(decoding: request.body, as: UTF8.self) == "Action=AddTagsToResource&Version=2014-10-31&\(form)"
        )
    }

    @Test func writesS3sTagging() throws {
        let s3 = AWSService(
            id: "S3",
            endpointPrefix: "s3",
            wire: .restXML,
            apiVersion: "2006-03-01",
            xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/"
        )
        let operation = AWSOperation(
            s3,
            "PutBucketTagging",
            method: "PUT",
            uri: "/{Bucket}?tagging",
            placements: ["Bucket": .label("Bucket"), "Tagging": .payload],
            lists: ["TagSet": AWSOperation.ListShape(element: "Tag")],
            needsChecksum: true
        )
        var query = EndpointQuery(service: s3, region: "eu-central-1")
        query.bucket = "my-bucket"
        let input: JSONValue = ["Bucket": "my-bucket", "Tagging": ["TagSet": [["Key": "a", "Value": "<b>"]]]]
        let request = try RequestBuilder(operation: operation, input: input)
            .request(to: try EndpointRules.endpoint(query))
        #expect(request.url == "https://my-bucket.s3.eu-central-1.amazonaws.com/?tagging")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a</Key>"#
                + "<Value>&lt;b&gt;</Value></Tag></TagSet></Tagging>"
        )
        #expect(request.headers.contains { $0.name == "Content-MD5" && $0.value.hasSuffix("==") })
    }

    @Test(arguments: ["/tags/{arn}", "/tags/{arn+}"])
    func fillsLabels(uri: String) throws {
        let service = AWSService(id: "X", endpointPrefix: "x", wire: .restJSON, apiVersion: "")
        let operation = AWSOperation(service, "TagResource", uri: uri, placements: ["arn": .label("arn")])
        let request = try build(operation, ["arn": "arn:aws:x:::a/b", "tags": ["k": "v"]])
        let slash = uri.contains("+") ? "/" : "%2F"
        #expect(request.url.hasSuffix("/tags/arn%3Aaws%3Ax%3A%3A%3Aa\(slash)b"))
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"tags":{"k":"v"}}"#)
        #expect(throws: AWSError.self) { try build(operation, ["tags": [:]]) }
    }

    @Test(
        .enabled(if: Vectors.arePresent, Vectors.absent),
        arguments: [
            ("ec2", AWSService.WireProtocol.ec2), ("query", .query), ("json", .json), ("json_1_0", .json),
            ("rest-json", .restJSON), ("rest-xml", .restXML),
        ]
    )
    func agreesWithTheProtocolSuites(file: String, wire: AWSService.WireProtocol) throws {
        let suites = try #require(try Vectors.json("botocore/tests/unit/protocols/input/\(file).json").array)
        var agreed = 0
        var total = 0
        var exclusions: [String: Int] = [:]
        for suite in suites {
            for one in suite["cases"]?.array ?? [] {
                let given = one["given"] ?? [:]
                var description = ShapeDescription(suite: suite, given: given, wire: wire)
                let input = description.input(one["params"] ?? [:], shape: given["input"]?["shape"]?.string)
                let expected = one["serialized"]?["body"]?.string
                let isEmpty = (input.object ?? [:]).allSatisfy {
                    $0.value == .null || description.operation.placements[$0.key] != nil
                }
                let emptyBody = wire == .restJSON && expected == "{}" && isEmpty
                if let exclusion = description.exclusion
                    ?? (emptyBody ? "empty bodies that only a model asks for" : nil)
                {
                    exclusions[exclusion, default: 0] += 1
                    continue
                }
                total += 1
                let endpoint = suite["clientEndpoint"]?.string ?? "https://example.com"
                let difference = difference(description.operation, input, one["serialized"] ?? [:], endpoint)
                if let difference { Issue.record("\(one["id"]?.string ?? ""): \(difference)") } else { agreed += 1 }
            }
        }
        let left = exclusions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "; ")
        print("requests of \(file): \(agreed)/\(total); left out: \(left)")
        #expect(agreed == total)
    }

    private func difference(_ operation: AWSOperation, _ input: JSONValue, _ wanted: JSONValue, _ endpoint: String)
        -> String?
    {
        let request: HTTPRequest
        do {
            request = try build(operation, input, endpoint)
        } catch {
            return "\(error)"
        }
        let url = URLParts(request.url)
        let target = url.query.isEmpty ? url.path : "\(url.path)?\(url.query)"
        if let uri = wanted["uri"]?.string, Self.normal(uri) != Self.normal(target) {
            return "uri \(target), not \(uri)"
        }
        for (name, value) in wanted["headers"]?.object ?? [:] where name.lowercased() != "content-length" {
            let sent = request.headers.first { $0.name.lowercased() == name.lowercased() }?.value
            if sent != value.string, sent?.hasPrefix((value.string ?? "") + ";") != true {
                return "header \(name): \(sent ?? "absent"), not \(value.compactText)"
            }
        }
        let body = String(decoding: request.body, as: UTF8.self)
        if let expected = wanted["body"]?.string, !Self.isSame(body, expected, operation.service.wire) {
            return "body \(body), not \(expected)"
        }
        return nil
    }

    private static func normal(_ uri: String) -> [String] {
        let parts = uri.split(separator: "?", maxSplits: 1)
        let query =
            parts.count > 1 ? parts[1].split(separator: "&").map { $0.contains("=") ? String($0) : "\($0)=" } : []
        return [String(parts.first ?? "")] + query.sorted()
    }

    private static func isSame(_ body: String, _ expected: String, _ wire: AWSService.WireProtocol) -> Bool {
        switch wire {
        case .ec2, .query: return body.split(separator: "&").sorted() == expected.split(separator: "&").sorted()
        case .json, .restJSON:
            if body.isEmpty || expected.isEmpty { return body.isEmpty && (expected.isEmpty || expected == "{}") }
            return (try? JSONValue(parsing: body)) == (try? JSONValue(parsing: expected))
        case .restXML:
            if body.isEmpty || expected.isEmpty { return body == expected }
            let one = try? XMLReader.read(Data(body.utf8))
            let other = try? XMLReader.read(Data(expected.replacing(/>\s*\n\s*</, with: "><").utf8))
            return one?.root == other?.root && one.map { sorted($0.content) } == other.map { sorted($0.content) }
        }
    }

    /// Entries of a map come in any order, and an array of them cannot be told from any other.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value.kind {
        case .array(let elements): .array(elements.map(sorted).sorted { $0.compactText < $1.compactText })
        case .object(let members): .object(members.mapValues(sorted))
        default: value
        }
    }

    private func build(_ operation: AWSOperation, _ input: JSONValue, _ endpoint: String? = nil) throws -> HTTPRequest {
        var query = EndpointQuery(service: operation.service, region: "us-east-1")
        query.override = endpoint.map { ($0, "the case") }
        return try RequestBuilder(operation: operation, input: input).request(to: try EndpointRules.endpoint(query))
    }
}
