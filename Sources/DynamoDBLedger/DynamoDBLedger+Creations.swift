public import AutoTagger
internal import JSON

extension DynamoDBLedger {
    /// See ``Ledger/latestCreations(of:)``. One query an ARN; a resource that is new has no hints, and that is all.
    public nonisolated func latestCreations(
        of arns: [String]
    ) async throws(LedgerError) -> [String: PriorCreation] {
        var searches = Set(arns).filter { !$0.isEmpty }.sorted().map { HintSearch($0) }
        var latest: [String: PriorCreation] = [:]
        // The newest hint of each ARN first; where its event does not bear it out, the next one.
        while !searches.isEmpty {
            let found = try await table.concurrently(searches) { [table] search throws(LedgerError) in
                try await search.filled(from: table)
            }
            searches = found.filter { !$0.hints.isEmpty }
            var asked: [(arn: String, event: ItemKey)] = []
            for index in searches.indices {
                if let hint = searches[index].hints.popLast() { asked.append((searches[index].arn, hint.event)) }
            }
            guard !asked.isEmpty else { break }
            let entries = try await entries(at: asked.map(\.event))
            for (arn, event) in asked { latest[arn] = entries[event]?.creation(of: arn) }
            searches.removeAll { latest[$0.arn] != nil }
        }
        return latest
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
        let input = HintSearch.input(in: partition, beginningWith: prefix)
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

/// The way through the hints of an ARN, the newest first: a name that is used again and again has thousands, and nearly always
/// the first one is borne out.
private struct HintSearch: Sendable {
    let arn: String
    /// The next ones, the newest last.
    var hints: [ResourceHint] = []
    private var next: JSONValue?
    private var isFinished = false

    init(_ arn: String) { self.arn = arn }

    /// Itself with a next hint, if there is one more.
    func filled(from table: DynamoDBTable) async throws(LedgerError) -> HintSearch {
        var search = self
        var input = Self.input(in: ResourceHint.partition(ofARN: arn), beginningWith: ResourceHint.prefix(arn))
        input["ScanIndexForward"] = false
        input["Limit"] = 10
        while search.hints.isEmpty, !search.isFinished {
            let page = try await table.page(.query, input, from: search.next)
            let hints = page.items.compactMap { ResourceHint($0) }
            search.hints = hints.filter { EventOrder.hasTime($0.order) }.reversed()
            search.next = page.next
            // Those without a time come last and are nobody's predecessors.
            search.isFinished = page.next == nil || search.hints.count < hints.count
        }
        return search
    }

    /// What asks for a partition's hints, or for those of one ARN in it.
    static func input(in partition: String, beginningWith prefix: String?) -> [String: JSONValue] {
        var condition = "pk = :pk"
        var values: [String: JSONValue] = [":pk": ["S": .string(partition)]]
        if let prefix {
            condition += " AND begins_with(sk, :prefix)"
            values[":prefix"] = ["S": .string(prefix)]
        }
        return [
            "KeyConditionExpression": .string(condition), "ExpressionAttributeValues": .object(values),
            "ConsistentRead": true,
        ]
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
