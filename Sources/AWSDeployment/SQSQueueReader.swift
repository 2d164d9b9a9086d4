public import AWSClient
public import AutoTagger
public import Doctor
public import Foundation
internal import JSON

/// Looks at queues through SQS, and at their age through CloudWatch.
public struct SQSQueueReader: QueueReader {
    private let aws: AWSQuestion

    /// A reader over a client.
    public init(client: AWSClient) { aws = AWSQuestion(client: client) }

    /// See ``QueueReader/queue(at:in:)``.
    public func queue(at url: String, in region: String) async throws(Failure) -> QueueFacts? {
        let reply = try await aws.find(
            AWSOperation(Services.sqs, "GetQueueAttributes"),
            ["QueueUrl": .string(url), "AttributeNames": ["All"]], in: region)
        guard let attributes = reply?["Attributes"] else { return nil }
        func number(_ name: String) -> Int { attributes[name]?.integer.map { Int($0) } ?? 0 }
        let redrive = attributes["RedrivePolicy"]?.string.flatMap { try? JSONValue(parsing: $0) }
        return QueueFacts(
            url: url, arn: attributes["QueueArn"]?.string ?? "", waiting: number("ApproximateNumberOfMessages"),
            inFlight: number("ApproximateNumberOfMessagesNotVisible"),
            delayed: number("ApproximateNumberOfMessagesDelayed"), visibilityTimeout: number("VisibilityTimeout"),
            deadLetterARN: redrive?["deadLetterTargetArn"]?.string,
            maximumReceives: redrive?["maxReceiveCount"]?.integer.map { Int($0) },
            policy: attributes["Policy"]?.string, kmsKey: attributes["KmsMasterKeyId"]?.string)
    }

    /// See ``QueueReader/url(of:)``.
    public func url(of queueARN: ARNParts) async throws(Failure) -> String? {
        let reply = try await aws.find(
            AWSOperation(Services.sqs, "GetQueueUrl"),
            ["QueueName": .string(queueARN.resource), "QueueOwnerAWSAccountId": .string(queueARN.account)],
            in: queueARN.region)
        return reply?["QueueUrl"]?.string
    }

    /// See ``QueueReader/ageOfOldestMessage(in:now:)``.
    ///
    /// Of SQS itself nobody learns it; CloudWatch measures it every minute while the queue is in use ("Available CloudWatch
    /// metrics for Amazon SQS").
    public func ageOfOldestMessage(in queue: QueueFacts, now: Date) async throws(Failure) -> Double? {
        let parts = ARNParts(queue.arn)
        let reply = try await aws.ask(
            AWSOperation(Services.cloudWatch, "GetMetricStatistics"),
            [
                "Namespace": "AWS/SQS", "MetricName": "ApproximateAgeOfOldestMessage",
                "Dimensions": [["Name": "QueueName", "Value": .string(parts?.resource ?? "")]],
                "StartTime": .string(now.addingTimeInterval(-900).formatted(.iso8601)),
                "EndTime": .string(now.formatted(.iso8601)), "Period": 60, "Statistics": ["Maximum"],
            ], in: parts?.region ?? "")
        let latest = reply.elements("Datapoints").max {
            ($0["Timestamp"]?.string ?? "") < ($1["Timestamp"]?.string ?? "")
        }
        return latest?["Maximum"]?.scalarText.flatMap(Double.init)
    }
}
