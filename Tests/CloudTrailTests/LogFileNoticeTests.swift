import CloudTrail
import Foundation
import JSON
import Testing

/// Deliveries that name log files instead of carrying events.
@Suite struct LogFileNoticeTests {
    static let key =
        "AWSLogs/123456789012/CloudTrail/us-east-1/2026/01/19/123456789012_CloudTrail_us-east-1_20260119T1200Z_a1.json.gz"

    static func native(_ key: String, event: String = "ObjectCreated:Put") -> JSONValue {
        [
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-west-1", "eventName": .string(event),
            "s3": ["bucket": ["name": "trail"], "object": ["key": .string(key), "size": 1024]],
        ]
    }

    static func bridge(_ key: String) -> JSONValue {
        [
            "detail-type": "Object Created", "source": "aws.s3", "region": "eu-west-1",
            "detail": ["bucket": ["name": "trail"], "object": ["key": .string(key)], "reason": "PutObject"],
        ]
    }

    static func own(_ keys: JSONValue...) -> JSONValue { ["s3Bucket": "trail", "s3ObjectKey": .array(keys)] }

    static let wrappings: [(name: String, value: JSONValue, keys: [String], region: String?)] = [
        (
            "S3", ["Records": [native(key), native("x/b_CloudTrail_c.json.gz")]], [key, "x/b_CloudTrail_c.json.gz"],
            "eu-west-1"
        ),
        (
            "S3 in SQS", ["Records": [EnvelopeTests.sqs("m", (["Records": [native(key)]] as JSONValue).compactText)]],
            [key],
            "eu-west-1"
        ),
        ("S3 in SNS", EnvelopeTests.sns(["Records": [native(key)]]), [key], "eu-west-1"),
        (
            "S3 with an encoded key", native("a+b%2Fc/CloudTrail/%C3%A4+1%2B1.json.gz"),
            ["a b/c/CloudTrail/ä 1+1.json.gz"], "eu-west-1"
        ),
        (
            "EventBridge, where keys are not encoded", bridge("CloudTrail/a+b%20.json"), ["CloudTrail/a+b%20.json"],
            "eu-west-1"
        ),
        ("CloudTrail's own", own(.string(key), "CloudTrail/2.json.gz"), [key, "CloudTrail/2.json.gz"], nil),
        (
            "CloudTrail's own in SNS in SQS", EnvelopeTests.sqs("m", EnvelopeTests.sns(own(.string(key))).compactText),
            [key], nil
        ),
    ]

    @Test(arguments: wrappings.indices)
    func namesBucketAndKey(index: Int) {
        let (name, value, keys, region) = Self.wrappings[index]
        let items = Envelope.open(value)
        #expect(items.map(\.logFile) == keys.map { LogFileNotice(bucket: "trail", key: $0, region: region) }, "\(name)")
        #expect(items.allSatisfy { $0.rejection?.code == .logFileNotice }, "\(name)")
    }

    @Test(arguments: [
        (native(key, event: "ObjectRemoved:Delete"), EnvelopeError.Code.otherObject),
        (native("AWSLogs/1/Config/us-east-1/a.json.gz"), .otherObject),
        (native("AWSLogs/1/CloudTrail/a.txt"), .otherObject),
        (native("AWSLogs/1/CloudTrail-Insight/us-east-1/a.json.gz"), .otherObject),
        (native("AWSLogs/1/CloudTrail-Digest/us-east-1/1_CloudTrail-Digest_a.json.gz"), .digest),
        (["Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "trail"] as JSONValue, .testNotice),
    ])
    func knowsWhatNeedsNoFetching(value: JSONValue, code: EnvelopeError.Code) {
        let items = Envelope.open(value)
        #expect(items.map { $0.rejection?.code } == [code])
        #expect(items.allSatisfy { $0.logFile == nil })
        #expect(code.isNothingToDo)
    }

    @Test(arguments: [["s3": [:]], own(7), ["s3Bucket": "", "s3ObjectKey": "CloudTrail/a.json"]] as [JSONValue])
    func anUnfinishedNoticeIsRejected(value: JSONValue) {
        #expect(Envelope.open(value).map { $0.rejection?.code } == [.notCloudTrail])
        #expect(!EnvelopeError.Code.notCloudTrail.isNothingToDo)
    }
}
