import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct ProtocolErrorTests {
    /// One failed response and what it means.
    struct Case: Sendable, CustomTestStringConvertible {
        var wire: AWSService.WireProtocol
        var status = 400
        var headers: [HTTPHeader] = []
        var body: String
        var code: String
        var message: String
        var requestID: String?
        var kind: AWSError.Kind = .service
        var testDescription: String { "\(wire) \(status) \(code)" }
    }

    static let cases: [Case] = [
        Case(
            wire: .ec2,
            body: """
                <Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>No.</Message></Error></Errors>
                <RequestID>r-1</RequestID></Response>
                """,
            code: "UnauthorizedOperation",
            message: "No.",
            requestID: "r-1"
        ),
        Case(
            wire: .query,
            body: "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate</Message></Error><RequestId>q</RequestId>"
                + "</ErrorResponse>",
            code: "Throttling",
            message: "Rate",
            requestID: "q",
            kind: .throttled
        ),
        Case(
            wire: .restXML,
            status: 200,
            body: "<Error><Code>InternalError</Code><Message>Again</Message></Error>",
            code: "InternalError",
            message: "Again",
            kind: .transient
        ),
        Case(
            wire: .json,
            headers: [HTTPHeader("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")],
            body: #"{"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "gone"}"#,
            code: "AWS.SimpleQueueService.NonExistentQueue",
            message: "gone"
        ),
        Case(
            wire: .restJSON,
            headers: [HTTPHeader("X-Amzn-ErrorType", "TooManyRequestsException:http://x/")],
            body: #"{"Reason": "rate", "message": "slow"}"#,
            code: "TooManyRequestsException",
            message: "slow",
            kind: .throttled
        ),
        Case(
            wire: .restJSON,
            status: 502,
            body: "<html>Bad Gateway</html>",
            code: "http502",
            message: "the service answered status 502",
            kind: .transient
        ),
        Case(
            wire: .json, status: 500, body: "", code: "http500", message: "the service answered status 500",
            kind: .transient),
    ]

    @Test(arguments: cases)
    func readsEveryFormat(one: Case) {
        let response = HTTPResponse(status: one.status, headers: one.headers, body: Data(one.body.utf8))
        let error = #expect(throws: AWSError.self) {
            try ReplyReader(operation: operation(one.wire)).read(response)
        }
        #expect(error?.code == one.code)
        #expect(error?.message == one.message)
        #expect(error?.requestID == one.requestID)
        #expect(error?.kind == one.kind)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>", "<a><b></a>", "<a>", "", "not xml",
        String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
    ])
    func refusesWhatIsNoReply(body: String) {
        #expect(throws: XMLReadingError.self) { try XMLReader.read(Data(body.utf8)) }
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheProtocolSuites() throws {
        let protocols: [(file: String, wire: AWSService.WireProtocol)] = [
            ("ec2", .ec2), ("query", .query), ("json", .json), ("json_1_0", .json), ("rest-json", .restJSON),
            ("rest-xml", .restXML), ("json_1_0-query-compatible", .json),
        ]
        for (file, wire) in protocols {
            let suites = try #require(try Vectors.json("botocore/tests/unit/protocols/output/\(file).json").array)
            let cases = suites.flatMap { $0["cases"]?.array ?? [] }.filter { $0["errorCode"] != nil }
            var agreed = 0
            for one in cases {
                let headers = one["response"]?["headers"]?.object ?? [:]
                let response = HTTPResponse(
                    status: Int(one["response"]?["status_code"]?.integer ?? 0),
                    headers: headers.map { HTTPHeader($0.key, $0.value.string ?? "") },
                    body: Data((one["response"]?["body"]?.string ?? "").utf8)
                )
                let error = #expect(throws: AWSError.self) {
                    try ReplyReader(operation: operation(wire)).read(response)
                }
                let message = one["errorMessage"]?.string
                if error?.code == one["errorCode"]?.string, message == nil || error?.message == message { agreed += 1 }
            }
            print("protocol errors of \(file): \(agreed)/\(cases.count)")
            #expect(agreed == cases.count)
        }
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent), arguments: ["xml", "json"])
    func agreesWithCapturedErrors(format: String) throws {
        let folder = "botocore/tests/unit/response_parsing/\(format)/errors"
        let names = try Vectors.list(folder).filter { $0.hasSuffix(".\(format)") }
        var agreed = 0
        for name in names {
            let stem = name.dropLast(format.count + 1)
            let expected = format == "xml" ? "\(folder)/\(stem).json" : "\(folder.dropLast(6))expected/\(stem).json"
            let wanted = try Vectors.json(expected)
            let response = HTTPResponse(status: 400, body: try Vectors.data("\(folder)/\(name)"))
            let reader = ReplyReader(operation: operation(format == "xml" ? .query : .json))
            let error = #expect(throws: AWSError.self) { try reader.read(response) }
            let id = wanted["ResponseMetadata"]?["RequestId"]?.string
            if error?.code == wanted["Error"]?["Code"]?.string, error?.message == wanted["Error"]?["Message"]?.string,
                id == nil || error?.requestID == id
            {
                agreed += 1
            } else {
                Issue.record("\(name): \(String(describing: error)), not \(wanted.compactText)")
            }
        }
        print("captured \(format) errors: \(agreed)/\(names.count)")
        #expect(agreed == names.count)
    }

    private func operation(_ wire: AWSService.WireProtocol) -> AWSOperation {
        AWSOperation(AWSService(id: "Test", endpointPrefix: "test", wire: wire, apiVersion: "2020-01-01"), "Test")
    }
}
