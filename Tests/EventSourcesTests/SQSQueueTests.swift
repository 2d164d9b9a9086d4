import AWSClient
import CurlHTTP
import EventSources
import Foundation
import JSON
import Testing

/// SQS on the wire: what is asked, and what its batches say that did not work.
@Suite struct SQSQueueTests {
    private static let url = "https://sqs.eu-central-1.amazonaws.com/123456789012/autotagger"

    private static func queue(_ script: S3LogFilesTests.Script) throws -> SQSQueue {
        let client = AWSClient(
            configuration: AWSConfiguration(retry: RetryPolicy(maximumAttempts: 1)), transport: script,
            environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
        return SQSQueue(try QueueAddress(url), client: client, region: "us-east-1")
    }

    private static func reply(_ body: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: [], body: Data(body.compactText.utf8))
    }

    private static func body(of request: HTTPRequest?) throws -> JSONValue {
        try JSONValue(parsing: try #require(request).body)
    }

    private static let messages = (0..<3).map { QueueMessage(id: "m\($0)", receipt: "r\($0)", body: "b") }

    @Test func receivesByLongPolling() async throws {
        let script = S3LogFilesTests.Script([
            Self.reply([
                "Messages": [
                    [
                        "MessageId": "m", "ReceiptHandle": "r", "Body": "{}",
                        "Attributes": ["ApproximateReceiveCount": "3", "SentTimestamp": "1767600000123"],
                    ]
                ]
            ]), Self.reply([:]),
        ])
        let queue = try Self.queue(script)
        let received = try await queue.receive(upTo: 10, waiting: .seconds(20), invisibleFor: .seconds(120))
        #expect(
            received == [
                QueueMessage(
                    id: "m", receipt: "r", body: "{}", receiveCount: 3,
                    sentAt: Date(timeIntervalSince1970: 1_767_600_000.123))
            ])
        #expect(try await queue.receive(upTo: 10, waiting: .seconds(20), invisibleFor: .seconds(120)).isEmpty)
        let request = try #require(script.requests.first)
        #expect(request.url.hasPrefix("https://sqs.eu-central-1.amazonaws.com"))
        #expect(
            request.headers.contains {
                $0.name.lowercased() == "x-amz-target" && $0.value == "AmazonSQS.ReceiveMessage"
            })
        #expect(
            try Self.body(of: request) == [
                "QueueUrl": .string(Self.url), "MaxNumberOfMessages": 10, "WaitTimeSeconds": 20,
                "VisibilityTimeout": 120, "MessageSystemAttributeNames": ["ApproximateReceiveCount", "SentTimestamp"],
            ])
    }

    @Test("An entry that failed inside a reply of status 200 is a failure of its message alone")
    func deletionsFailOneByOne() async throws {
        let script = S3LogFilesTests.Script([
            Self.reply([
                "Successful": [["Id": "0"], ["Id": "2"]],
                "Failed": [["Id": "1", "Code": "ReceiptHandleIsInvalid", "SenderFault": true, "Message": "too old"]],
            ])
        ])
        let failed = try await Self.queue(script).delete(Self.messages)
        #expect(failed.keys.map(\.id) == ["m1"])
        #expect(failed.values.first?.code == "ReceiptHandleIsInvalid" && failed.values.first?.isRetryable == false)
        #expect(
            try Self.body(of: script.requests.first)["Entries"] == [
                ["Id": "0", "ReceiptHandle": "r0"], ["Id": "1", "ReceiptHandle": "r1"],
                ["Id": "2", "ReceiptHandle": "r2"],
            ])
    }

    @Test("Times are whole seconds, never less than was asked, and at most twelve hours")
    func hidesEachForItsOwnTime() async throws {
        let script = S3LogFilesTests.Script([Self.reply(["Successful": []])])
        let times: [Duration] = [.zero, .milliseconds(1_200), .seconds(100_000)]
        _ = try await Self.queue(script).hide(zip(Self.messages, times).map { HiddenMessage($0, for: $1) })
        let entries = try #require(try Self.body(of: script.requests.first)["Entries"]?.array)
        #expect(entries.map { $0["VisibilityTimeout"]?.integer } == [0, 2, 43_200])
    }

    @Test func tellsHowTheQueueIsSetUp() async throws {
        let script = S3LogFilesTests.Script([
            Self.reply([
                "Attributes": ["RedrivePolicy": "{\"deadLetterTargetArn\":\"arn\",\"maxReceiveCount\":\"5\"}"]
            ]), Self.reply([:]),
        ])
        let queue = try Self.queue(script)
        #expect(try await queue.setup() == QueueSetup(maximumReceives: 5))
        #expect(try await queue.setup().maximumReceives == nil)
    }

    @Test func aQueueThatIsNotThereIsNamed() async throws {
        let script = S3LogFilesTests.Script([
            Self.reply(
                ["__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "The specified queue does not exist."],
                status: 400)
        ])
        let error = try await #require(throws: AWSError.self) { _ = try await Self.queue(script).setup() }
        #expect(error.code == "QueueDoesNotExist" && !error.isRetryable)
    }
}
