public import AWSClient
private import Foundation
private import JSON

/// A queue of Amazon SQS.
///
/// Its batches take ten messages, and succeed as a whole while entries in them fail; see "Amazon SQS batch actions" in
/// the SQS developer guide.
public struct SQSQueue: MessageQueue {
    /// Messages of one batch.
    public static let batchSize = 10
    /// SQS hides no message for longer after it was received ("ChangeMessageVisibility" in the SQS API reference).
    public static let longestInvisibility = Duration.seconds(43_200)

    private let client: AWSClient
    private let polling: AWSClient
    private let address: QueueAddress
    private let scope: AWSScope

    /// A queue; `region` counts where its URL names none. `polling` makes the calls that wait for messages.
    public init(_ address: QueueAddress, client: AWSClient, polling: AWSClient? = nil, region: String) {
        self.client = client
        self.polling = polling ?? client
        self.address = address
        scope = AWSScope(region: address.region ?? region)
    }

    /// The queue's name.
    public var name: String { address.name }

    /// See ``MessageQueue/receive(upTo:waiting:invisibleFor:)``; at most ten messages, and twenty seconds.
    public func receive(
        upTo maximum: Int, waiting: Duration, invisibleFor invisibility: Duration
    ) async throws(AWSError) -> [QueueMessage] {
        let reply = try await call(
            "ReceiveMessage", with: polling,
            [
                "MaxNumberOfMessages": .integer(Int64(min(maximum, Self.batchSize))),
                "WaitTimeSeconds": .integer(waiting.components.seconds),
                "VisibilityTimeout": .integer(invisibility.components.seconds),
                "MessageSystemAttributeNames": ["ApproximateReceiveCount", "SentTimestamp"],
            ])
        return (reply.output["Messages"]?.array ?? []).compactMap { QueueMessage($0) }
    }

    /// See ``MessageQueue/delete(_:)``.
    public func delete(_ messages: [QueueMessage]) async throws(AWSError) -> [QueueMessage: AWSError] {
        try await batch("DeleteMessageBatch", messages.map { ($0, ["ReceiptHandle": .string($0.receipt)]) })
    }

    /// See ``MessageQueue/hide(_:)``.
    public func hide(_ messages: [HiddenMessage]) async throws(AWSError) -> [QueueMessage: AWSError] {
        try await batch(
            "ChangeMessageVisibilityBatch",
            messages.map { hidden in
                let (seconds, rest) = min(hidden.time, Self.longestInvisibility).components
                return (
                    hidden.message,
                    [
                        "ReceiptHandle": .string(hidden.message.receipt),
                        "VisibilityTimeout": .integer(rest > 0 ? seconds + 1 : seconds),
                    ]
                )
            })
    }

    /// See ``MessageQueue/setup()``.
    public func setup() async throws(AWSError) -> QueueSetup {
        let reply = try await call("GetQueueAttributes", ["AttributeNames": ["RedrivePolicy"]])
        let policy = reply.output["Attributes"]?["RedrivePolicy"]?.string.flatMap { try? JSONValue(parsing: $0) }
        return QueueSetup(maximumReceives: policy?["maxReceiveCount"]?.integer.map { Int($0) })
    }

    /// One call for up to ten entries, named by their place in it.
    private func batch(
        _ operation: String, _ entries: [(QueueMessage, [String: JSONValue])]
    ) async throws(AWSError) -> [QueueMessage: AWSError] {
        let reply = try await call(
            operation,
            [
                "Entries": .array(
                    entries.enumerated().map { place, entry in
                        .object(entry.1.merging(["Id": .string(String(place))]) { $1 })
                    })
            ])
        var failed: [QueueMessage: AWSError] = [:]
        for (place, error) in reply.failedParts {
            guard let place = Int(place), entries.indices.contains(place) else { continue }
            failed[entries[place].0] = error
        }
        return failed
    }

    private func call(
        _ name: String, with other: AWSClient? = nil, _ input: [String: JSONValue]
    ) async throws(AWSError) -> AWSReply {
        let input = input.merging(["QueueUrl": .string(address.url)]) { $1 }
        return try await (other ?? client).call(AWSOperation(.sqs, name), .object(input), in: scope)
    }
}

extension AWSService {
    /// Amazon SQS.
    package static let sqs = AWSService(
        id: "SQS", endpointPrefix: "sqs", wire: .json, apiVersion: "2012-11-05", targetPrefix: "AmazonSQS",
        jsonVersion: "1.0")
}

extension QueueMessage {
    /// A message out of ReceiveMessage's reply; its attributes are numbers written as text.
    fileprivate init?(_ value: JSONValue) {
        guard let id = value["MessageId"]?.string, let receipt = value["ReceiptHandle"]?.string else { return nil }
        let attributes = value["Attributes"]
        let sent = attributes?["SentTimestamp"]?.integer
        self.init(
            id: id, receipt: receipt, body: value["Body"]?.string ?? "",
            receiveCount: attributes?["ApproximateReceiveCount"]?.integer.map { Int($0) } ?? 1,
            sentAt: sent.map { Date(timeIntervalSince1970: Double($0) / 1000) })
    }
}
