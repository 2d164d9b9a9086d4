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
    ///
    /// A part that is not there counts as no resources, since nothing that is asked of a group may fail for one old event;
    /// `ledger verify` tells of it. Text that cannot be read is another matter: it was somebody's doing.
    nonisolated func entries(of items: [ItemKey: Item]) async throws(LedgerError) -> [ItemKey: EventEntry] {
        var entries: [ItemKey: EventEntry] = [:]
        for (key, item) in items { entries[key] = try EventEntry(item) }
        let wanted = entries.flatMap { key, entry in entry.parts?.keys(beside: key) ?? [] }
        let parts = wanted.isEmpty ? [:] : try await table.items(wanted)
        for (key, item) in items {
            var texts = [item["resources"] ?? "[]"]
            if let reference = entries[key]?.parts {
                let found = reference.keys(beside: key).compactMap { parts[$0] }
                entries[key]?.lostParts = reference.count - found.count
                texts = found.map { $0["resources"] ?? "" }
            }
            for text in texts {
                guard let resources = StoredResources.read(text) else { throw .unreadable(item) }
                entries[key]?.resources += resources
            }
        }
        return entries
    }
}
