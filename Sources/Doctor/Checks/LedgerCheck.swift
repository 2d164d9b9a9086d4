internal import AutoTagger

/// Whether the ledger can do its part where it is.
struct LedgerCheck: Check {
    let record: LedgerRecordReader

    var name: String { "ledger" }

    func lines() async -> [CheckLine] {
        if let obstacle = await record.obstacle() { return [.leftOut(for: obstacle)] }
        let condition = await record.condition()
        let place = record.place
        guard let trouble = condition.troubles.first else {
            guard condition.exists else { return [.ok("\(place) is not there yet; the first event makes it")] }
            return [.ok(([place] + condition.details).joined(separator: ", "))]
        }
        return condition.troubles.prefix(trouble.isFatal ? 1 : condition.troubles.count).map { trouble in
            trouble.isFatal
                ? .broken(.configuration, "\(place): \(trouble.what)", why: trouble.why, advice: trouble.advice)
                : .warning("\(place): \(trouble.what)", why: trouble.why, advice: trouble.advice)
        }
    }
}
