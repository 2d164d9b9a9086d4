public import AutoTagger

extension DynamoDBLedger {
    /// See ``LedgerHistory/verify()``. Reads the whole table.
    public nonisolated func verify() async throws(LedgerError) -> [String] {
        var findings = TableDefinition.differences(of: try await table.layout())
        // A table of another layout answers the next questions with an error or nonsense.
        guard findings.isEmpty else { return findings }
        if try await !table.forgets() {
            findings.append(
                "the table never forgets: switch time to live on for the attribute '\(TableDefinition.timeToLive)'"
            )
        }
        findings += try await scan(Scan()) { items throws(LedgerError) in
            var findings: [String] = []
            for item in items { findings += await self.findings(about: item) }
            return findings
        }.flatMap(\.self).sorted()
        return findings
    }

    private nonisolated func findings(about item: Item) async -> [String] {
        guard let key = item.key else { return ["an item has no key"] }
        do throws(LedgerError) {
            guard let entry = try await entries(of: [key: item])[key] else { return [] }
            var findings = entry.findings
            if (item["identity"] != nil && entry.report.identity == nil)
                || (item["error"] != nil && entry.report.error == nil)
                || (item["cause"] != nil && entry.standing.cause == nil)
            {
                findings.append("holds an identity or error that cannot be read")
            }
            return findings.map { "event \(entry.key.eventID): \($0)" }
        } catch {
            return [error.code == "corrupt" ? "item \(key.pk), \(key.sk): cannot be read" : error.message]
        }
    }
}

extension EventEntry {
    fileprivate var findings: [String] {
        var findings: [String] = []
        if standing.state == .claimed, standing.owner == nil || standing.leaseEnd == nil {
            findings.append("is claimed without an owner and a lease")
        }
        if standing.state != .claimed, standing.leaseEnd != nil {
            findings.append("has a lease though nobody works on it")
        }
        if lostParts > 0 { findings.append("lacks \(lostParts) of the \(parts?.count ?? 0) parts of its resources") }
        if standing.failures > standing.attempts { findings.append("counts more failures than attempts") }
        if let last = history.map(\.number).max(), last > standing.attempts {
            findings.append("has an attempt beyond those it counts")
        }
        return findings
    }
}
