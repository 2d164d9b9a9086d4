internal import AutoTagger

extension DynamoDBLedger {
    /// Reads events with all their resources; those that are not there are left out.
    nonisolated func entries(_ keys: [EventKey]) async throws(LedgerError) -> [EventKey: EventEntry] {
        guard !keys.isEmpty else { return [:] }
        let found = try await entries(at: keys.map(EventEntry.itemKey))
        var entries: [EventKey: EventEntry] = [:]
        for key in keys { entries[key] = found[EventEntry.itemKey(key)] }
        return entries
    }

    /// The same by the items' keys.
    nonisolated func entries(at keys: [ItemKey]) async throws(LedgerError) -> [ItemKey: EventEntry] {
        try await entries(of: try await table.items(Array(Set(keys))))
    }

    /// Reads items as events and fetches the resources that lie beside them.
    nonisolated func entries(of items: [ItemKey: Item]) async throws(LedgerError) -> [ItemKey: EventEntry] {
        var entries: [ItemKey: EventEntry] = [:]
        for (key, item) in items { entries[key] = try EventEntry(item) }
        let wanted = entries.flatMap { key, entry in entry.parts?.keys(beside: key) ?? [] }
        let parts = wanted.isEmpty ? [:] : try await table.items(wanted)
        for (key, item) in items {
            let reference = entries[key]?.parts
            let texts =
                reference.map { $0.keys(beside: key).map { parts[$0]?["resources"] } } ?? [item["resources"] ?? "[]"]
            for text in texts {
                guard let resources = text.flatMap(StoredResources.read) else { throw .unreadable(item) }
                entries[key]?.resources += resources
            }
        }
        return entries
    }
}
