internal import JSON

/// The messages of an SQS batch, and which of them are to come again.
///
/// See "Handling errors for an SQS event source in Lambda" in the Lambda developer guide: `batchItemFailures` names what comes
/// again, an empty list means that all is done, and a name that is empty makes all of them come again.
struct QueueBatch: Sendable, Hashable {
    /// One message.
    struct Message: Sendable, Hashable {
        /// What its failure is reported by; absent only in events that somebody typed.
        let id: String?
        /// The group in which its queue keeps the order; `nil` where there is no order to keep.
        let orderedGroup: String?
    }

    let messages: [Message]

    /// The batch that an invocation brought; `nil` when it came from elsewhere.
    init?(_ invocation: JSONValue) {
        guard let records = invocation["Records"]?.array, !records.isEmpty,
            records.allSatisfy({ $0["eventSource"]?.string == "aws:sqs" })
        else { return nil }
        messages = records.map { record in
            // Standard queues have groups too, for fairness, and those promise no order.
            let isOrdered = record["eventSourceARN"]?.string?.hasSuffix(".fifo") ?? false
            return Message(
                id: record["messageId"]?.string,
                orderedGroup: isOrdered ? record["attributes"]?["MessageGroupId"]?.string ?? "" : nil)
        }
    }

    /// The messages that come again, given those that failed: in an ordered group everything behind a failure follows it.
    func comingAgain(_ failed: Set<String>) -> [String] {
        var blocked: Set<String> = []
        var ids: [String] = []
        for message in messages {
            guard let id = message.id else { continue }
            if let group = message.orderedGroup {
                if failed.contains(id) { blocked.insert(group) }
                if blocked.contains(group) { ids.append(id) }
            } else if failed.contains(id) {
                ids.append(id)
            }
        }
        return ids
    }

    /// The answer that Lambda expects.
    func answer(_ failed: Set<String>) -> JSONValue {
        ["batchItemFailures": .array(comingAgain(failed).map { ["itemIdentifier": .string($0)] })]
    }
}
