internal import AutoTagger
internal import JSON

/// Walks through the events in time, the latest first, over all partitions of an index at once.
struct TimeOrder {
    /// Where an index refers to.
    struct Reference {
        let key: ItemKey
        let order: String
    }

    private let table: DynamoDBTable
    private let input: [String: JSONValue]
    private let end: String?
    private var lanes: [Lane]

    /// One partition of the index.
    private struct Lane: Sendable {
        let partition: String
        /// The next ones, the latest last.
        var buffer: [Reference] = []
        var next: JSONValue?
        var isFinished = false
    }

    /// The events of a query after a position; those that failed, wait or were given up have an index of their own.
    init(_ query: LedgerQuery, after position: LedgerPosition?, in table: DynamoDBTable) {
        self.table = table
        let shards = 0..<EventEntry.shards
        let isOpen = query.state.map(OpenEvents.states.contains) ?? false
        let state = query.state?.rawValue ?? ""
        lanes = shards.map { Lane(partition: isOpen ? "\(state)#\($0)" : String($0)) }
        let isBounded = query.since != nil || query.until != nil
        // An event without a time lies before every bound and is never within.
        let from = query.since.map { KeyText.sortable($0.milliseconds) } ?? (isBounded ? KeyText.firstTime : "0")
        end = position?.text
        let until = [query.until.map { KeyText.sortable($0.milliseconds) }, end].compactMap(\.self).min() ?? "9"
        input = [
            "IndexName": isOpen ? "open_by_time" : "by_time",
            "KeyConditionExpression": "#partition = :partition AND #at BETWEEN :from AND :until",
            "ExpressionAttributeNames": ["#partition": isOpen ? "open" : "shard", "#at": "at"],
            "ExpressionAttributeValues": [
                ":from": ["S": .string(from)], ":until": ["S": .string(max(from, until))],
            ],
            "ScanIndexForward": false,
        ]
    }

    /// The next events, at most so many; none when all were given.
    mutating func next(_ count: Int) async throws(LedgerError) -> [Reference] {
        var references: [Reference] = []
        while references.count < count {
            try await fill(count)
            let latest = lanes.indices.max {
                (lanes[$0].buffer.last?.order ?? "") < (lanes[$1].buffer.last?.order ?? "")
            }
            guard let lane = latest, let reference = lanes[lane].buffer.popLast() else { break }
            references.append(reference)
        }
        return references
    }

    /// Sees that every lane that has not ended has a next event, or the latest of all could not be told.
    private mutating func fill(_ count: Int) async throws(LedgerError) {
        let empty = lanes.indices.filter { lanes[$0].buffer.isEmpty && !lanes[$0].isFinished }
        guard !empty.isEmpty else { return }
        let (input, end) = (input, end)
        let size = max(10, min(1000, count / 4))
        let filled = try await table.concurrently(empty.map { lanes[$0] }) { [table] lane throws(LedgerError) in
            var lane = lane
            var input = input
            input["Limit"] = .integer(Int64(size))
            var values = input["ExpressionAttributeValues"]?.object ?? [:]
            values[":partition"] = ["S": .string(lane.partition)]
            input["ExpressionAttributeValues"] = .object(values)
            while lane.buffer.isEmpty, !lane.isFinished {
                let page = try await table.page(.query, input, from: lane.next)
                lane.next = page.next
                lane.isFinished = page.next == nil
                lane.buffer = page.items.reversed().compactMap { item in
                    guard let key = item.key, let order = item["at"], order != end else { return nil }
                    return Reference(key: key, order: order)
                }
            }
            return lane
        }
        for (index, lane) in zip(empty, filled) { lanes[index] = lane }
    }
}

extension TimeOrder.Reference: Sendable {}
