import CloudTrail
import Foundation
import JSON
import Testing

@Suite struct EnvelopeTests {
    static func record(_ id: String) -> JSONValue {
        ["eventVersion": "1.08", "eventID": .string(id), "eventSource": "ec2.amazonaws.com", "eventName": "CreateVpc"]
    }

    static let bridge: JSONValue = [
        "version": "0", "detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2", "detail": record("1"),
    ]

    /// Every wrapping that carries one event with id 1 (and, for lists, another with id 2).
    static let wrappings: [(name: String, value: JSONValue, ids: [String])] = [
        ("bare", record("1"), ["1"]),
        ("EventBridge", bridge, ["1"]),
        ("trail log", ["Records": [record("1"), record("2")]], ["1", "2"]),
        ("array", [record("1"), record("2")], ["1", "2"]),
        ("SQS batch", ["Records": [sqs("m-1", bridge.compactText), sqs("m-2", record("2").compactText)]], ["1", "2"]),
        ("SQS receive", ["Messages": [["MessageId": "m-1", "Body": .string(bridge.compactText)]]], ["1"]),
        ("SNS to Lambda", ["Records": [["EventSource": "aws:sns", "Sns": sns(record("1"))]]], ["1"]),
        (
            "SNS in SQS", ["Records": [sqs("m-1", sns(["Records": [record("1"), record("2")]]).compactText)]],
            ["1", "2"]
        ),
        (
            "EventBridge in SNS in SQS in Lambda", ["Records": [sqs("m-1", sns(bridge).compactText)]], ["1"]
        ),
        ("LookupEvents", ["Events": [["CloudTrailEvent": .string(record("1").compactText)]]], ["1"]),
        (
            "CloudWatch Logs subscription", ["logEvents": [["message": .string(record("1").compactText)]]], ["1"]
        ),
    ]

    static func sqs(_ id: String, _ body: String) -> JSONValue {
        ["messageId": .string(id), "eventSource": "aws:sqs", "body": .string(body)]
    }

    static func sns(_ message: JSONValue) -> JSONValue {
        ["Type": "Notification", "TopicArn": "arn:aws:sns:us-east-1:1:t", "Message": .string(message.compactText)]
    }

    @Test(arguments: wrappings.indices)
    func opensEveryWrapping(index: Int) throws {
        let (name, value, ids) = Self.wrappings[index]
        let items = try Envelope.open(Data(value.compactText.utf8))
        #expect(try items.map { try $0.content.get().eventID } == ids, "\(name)")
    }

    @Test(arguments: wrappings.indices)
    func opensEveryWrappingCompressed(index: Int) throws {
        let (name, value, ids) = Self.wrappings[index]
        let items = try Envelope.open(GzipTests.compressed(Data(value.compactText.utf8)))
        #expect(try items.map { try $0.content.get().eventID } == ids, "\(name)")
    }

    @Test func opensOneDocumentALine() throws {
        let lines = [Self.record("1").compactText, "", Self.bridge.compactText, "not json", "{\"x\":1}"]
        let items = try Envelope.open(Data(lines.joined(separator: "\n").utf8))
        let ids = items.map { (try? $0.content.get())?.eventID }
        #expect(ids == ["1", "1", nil, nil])
        #expect(items.compactMap(\.rejection).map(\.code) == [.notJSON, .notCloudTrail])
        #expect(
            items[2].rejection?.message.hasPrefix("line 4 ") == true
                || items[2].rejection?.message.hasPrefix("line 3 ") == true)
    }

    @Test func aMessageKeepsItsIdentityThroughEveryLayer() throws {
        let batch: JSONValue = [
            "Records": [Self.sqs("m-1", Self.sns(Self.bridge).compactText), Self.sqs("m-2", "junk")]
        ]
        let items = Envelope.open(batch)
        #expect(items.map(\.messageID) == ["m-1", "m-2"])
        #expect(items[1].rejection?.code == .notJSON)
    }

    @Test func opensCloudWatchLogsData() throws {
        let inner: JSONValue = ["logEvents": [["message": .string(Self.record("1").compactText)]]]
        let packed = GzipTests.compressed(Data(inner.compactText.utf8)).base64EncodedString()
        let items = Envelope.open(["awslogs": ["data": .string(packed)]])
        #expect(try items.map { try $0.content.get().eventID } == ["1"])
    }

    @Test(arguments: [
        ("{\"digestS3Object\":\"x\",\"digestStartTime\":\"y\"}", EnvelopeError.Code.digest),
        ("{\"hello\":\"world\"}", .notCloudTrail), ("7", .notCloudTrail), ("\"text\"", .notJSON),
        ("{\"awslogs\":{\"data\":\"###\"}}", .badGzip),
    ])
    func namesWhatIsNoEvent(text: String, code: EnvelopeError.Code) throws {
        #expect(try Envelope.open(Data(text.utf8)).map { $0.rejection?.code } == [code])
    }

    @Test(arguments: [("", EnvelopeError.Code.empty), ("  \n ", .empty), ("nope", .notJSON), ("{\"a\":", .notJSON)])
    func refusesWhatCannotBeRead(text: String, code: EnvelopeError.Code) {
        #expect { try Envelope.open(Data(text.utf8)) } throws: { ($0 as? EnvelopeError)?.code == code }
    }

    @Test func refusesEndlessWrapping() {
        var value = Self.record("1")
        for _ in 0..<20 { value = Self.sns(value) }
        #expect(Envelope.open(value).map { $0.rejection?.code } == [.tooDeep])
    }
}

extension Envelope.Item {
    var rejection: EnvelopeError? {
        if case .failure(let error) = content { error } else { nil }
    }
}
