public import AutoTagger
internal import JSON

extension DynamoDBLedger {
    /// See ``LedgerHistory/page(of:after:)``.
    ///
    /// The index tells the order, the items what is asked of them; DynamoDB's indexes follow their table within a second.
    public nonisolated func page(
        of query: LedgerQuery,
        after position: LedgerPosition?
    ) async throws(LedgerError) -> LedgerPage {
        var order = TimeOrder(query, after: position, in: table)
        var records: [LedgerRecord] = []
        var last: String?
        while records.count < query.limit {
            let references = try await order.next(max(25, min(200, query.limit - records.count)))
            if references.isEmpty { return LedgerPage(records: records, next: nil) }
            let entries = try await entries(at: references.map(\.key))
            for reference in references where records.count < query.limit {
                guard let entry = entries[reference.key] else { continue }
                let record = entry.record
                guard query.matches(record) else { continue }
                records.append(record)
                last = entry.order
            }
        }
        return LedgerPage(records: records, next: last.map { LedgerPosition($0) })
    }

    /// See ``LedgerHistory/records(ofEvent:)``.
    public nonisolated func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord] {
        let partition = EventEntry.itemKey(EventKey(accountID: "", eventID: eventID)).pk
        let input: [String: JSONValue] = [
            "KeyConditionExpression": "pk = :pk", "ConsistentRead": true,
            "ExpressionAttributeValues": [":pk": ["S": .string(partition)]],
        ]
        var items: [ItemKey: Item] = [:]
        var next: JSONValue?
        repeat {
            let page = try await table.page(.query, input, from: next)
            // The parts of large events lie beside them.
            for item in page.items where item[number: "version"] != nil { if let key = item.key { items[key] = item } }
            next = page.next
        } while next != nil
        return try await entries(of: items).values
            .sorted { $0.firstSeen == $1.firstSeen ? $0.order < $1.order : $0.firstSeen < $1.firstSeen }
            .map { entry in
                var record = entry.record
                record.history = entry.history
                return record
            }
    }

    /// See ``LedgerHistory/statistics(by:)``. Reads the whole table.
    public nonisolated func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount] {
        typealias Counts = [String: (events: Int, resources: Int)]
        let pages = try await scan(Scan()) { items throws(LedgerError) in
            var counts: Counts = [:]
            for item in items {
                let value = try EventEntry(item).record.value(of: dimension)
                counts[value, default: (0, 0)].events += 1
                counts[value, default: (0, 0)].resources += Int(item[number: "tagged"] ?? 0)
            }
            return counts
        }
        var counts: Counts = [:]
        for page in pages {
            for (value, count) in page {
                counts[value, default: (0, 0)].events += count.events
                counts[value, default: (0, 0)].resources += count.resources
            }
        }
        return counts.map { LedgerCount(value: $0, events: $1.events, resources: $1.resources) }
            .sorted { ($1.events, $0.value) < ($0.events, $1.value) }
    }
}
