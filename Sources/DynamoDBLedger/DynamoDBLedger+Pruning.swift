public import AutoTagger
public import Foundation
internal import JSON

extension DynamoDBLedger {
    /// See ``Ledger/prune(before:isDryRun:)``. Reads the whole table; time to live does the same for nothing.
    public nonisolated func prune(before limit: Date, isDryRun: Bool) async throws(LedgerError) -> Int {
        let old = Scan(
            where: "#state <> :claimed AND #updatedAt < :limit",
            names: ["#state": "state", "#updatedAt": "updatedAt"],
            values: [
                ":claimed": ["S": .string(LedgerState.claimed.rawValue)],
                ":limit": ["N": .string(String(limit.milliseconds))],
            ]
        )
        return try await scan(old) { items throws(LedgerError) in
            isDryRun ? items.count : try await self.forget(items)
        }.reduce(0, +)
    }

    /// Removes events that have not changed since they were read, and then what leads to them or lies beside them.
    private nonisolated func forget(_ items: [Item]) async throws(LedgerError) -> Int {
        let keyed = Dictionary(items.compactMap { item in item.key.map { ($0, item) } }) { first, _ in first }
        let entries = try await entries(of: keyed)
        let removed = try await table.concurrently(Array(entries)) { [table] event throws(LedgerError) in
            try await table.delete(event.key, version: event.value.version) ? event.value : nil
        }.compactMap(\.self)
        let beside = removed.flatMap { entry in
            ResourceHint.hints(of: entry).map(\.key)
                + (entry.parts?.keys(beside: EventEntry.itemKey(entry.key)) ?? [])
        }
        if !beside.isEmpty { try await table.write([], removing: beside) }
        return removed.count
    }
}
