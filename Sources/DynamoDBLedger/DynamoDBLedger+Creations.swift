public import AutoTagger
internal import JSON

extension DynamoDBLedger {
    /// See ``Ledger/latestCreations(of:)``. One query an ARN; a resource that is new has no hints, and that is all.
    public nonisolated func latestCreations(
        of arns: [String]
    ) async throws(LedgerError) -> [String: PriorCreation] {
        let arns = Set(arns).filter { !$0.isEmpty }.sorted()
        let found = try await table.concurrently(arns) { arn throws(LedgerError) in try await self.hints(ofARN: arn) }
        var candidates: [String: [ResourceHint]] = [:]
        for (arn, hints) in zip(arns, found) {
            candidates[arn] = hints.filter { EventOrder.hasTime($0.order) }.sorted { $0.order < $1.order }
        }
        var latest: [String: PriorCreation] = [:]
        // The newest hint of each ARN first; where its event does not bear it out, the next one.
        while true {
            var asked: [String: ItemKey] = [:]
            for arn in candidates.keys { asked[arn] = candidates[arn]?.popLast()?.event }
            if asked.isEmpty { return latest }
            let entries = try await entries(at: Array(asked.values))
            for (arn, key) in asked {
                guard let entry = entries[key], let creation = entry.creation(of: arn) else { continue }
                latest[arn] = creation
                candidates[arn] = nil
            }
        }
    }

    /// See ``LedgerHistory/makers(ofResource:)``.
    public nonisolated func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord] {
        guard !idOrARN.isEmpty else { return [] }
        var hints = try await hints(in: ResourceHint.partition(idOrARN))
        if idOrARN.contains(":") { hints += try await self.hints(ofARN: idOrARN) }
        let entries = try await entries(at: hints.map(\.event)).values
        return entries.filter { $0.resources.contains { $0.report.id == idOrARN || $0.report.arn == idOrARN } }
            .sorted { $0.order > $1.order }
            .map(\.record)
    }

    private nonisolated func hints(ofARN arn: String) async throws(LedgerError) -> [ResourceHint] {
        try await hints(in: ResourceHint.partition(ofARN: arn), beginningWith: ResourceHint.prefix(arn))
    }

    private nonisolated func hints(
        in partition: String,
        beginningWith prefix: String? = nil
    ) async throws(LedgerError) -> [ResourceHint] {
        var condition = "pk = :pk"
        var values: [String: JSONValue] = [":pk": ["S": .string(partition)]]
        if let prefix {
            condition += " AND begins_with(sk, :prefix)"
            values[":prefix"] = ["S": .string(prefix)]
        }
        let input: [String: JSONValue] = [
            "KeyConditionExpression": .string(condition), "ExpressionAttributeValues": .object(values),
            "ConsistentRead": true,
        ]
        var hints: [ResourceHint] = []
        var next: JSONValue?
        repeat {
            let page = try await table.page(.query, input, from: next)
            hints += page.items.compactMap { ResourceHint($0) }
            next = page.next
        } while next != nil
        return hints
    }
}

extension EventEntry {
    /// What the event wrote on a resource, if anything.
    fileprivate func creation(of arn: String) -> PriorCreation? {
        guard let time = header.eventTime,
            let standing = resources.last(where: { $0.report.arn == arn && !$0.written.isEmpty })
        else { return nil }
        return PriorCreation(key: key, eventTime: time, written: standing.written)
    }
}
