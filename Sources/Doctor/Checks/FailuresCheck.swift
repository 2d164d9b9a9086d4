internal import AutoTagger

/// What failed, was given up or waits, and for what: the commonest reason with the way out.
struct FailuresCheck: MemoryCheck {
    let record: LedgerRecordReader

    var name: String { "failures" }

    func lines(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [CheckLine] {
        func count(_ state: LedgerState) -> Int { memory.counts[state.rawValue] ?? 0 }
        let done = count(.tagged) + count(.unchanged)
        let standing: [(LedgerState, String)] = [(.dead, "given up"), (.failed, "failed"), (.deferred, "waiting")]
        let parts = standing.filter { count($0.0) > 0 }.map { "\(count($0.0)) \($0.1)" }
        guard !parts.isEmpty else { return [.ok("none; \(Wording.count(done, "event")) done")] }
        let what = "\(parts.joined(separator: ", ")); \(done) done"
        guard count(.dead) + count(.failed) > 0 else { return [.ok(what, why: "waiting events are tried again")] }

        let causes = try await causes(memory)
        let byCode = Dictionary(grouping: causes, by: \.code).sorted {
            ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        let why =
            byCode.first.map { "\($0.value.count) for \($0.key): \($0.value[0].message)" } ?? "no reason was recorded"
        let advice = "mend that, then run autotagger ledger retry --failed"
        // Old failures stay until somebody frees them; only when what comes now fails is nothing tagged.
        let now = memory.latest.prefix(20).filter { $0.state != .skipped }
        let failing = now.filter { $0.state == .dead || $0.state == .failed }
        guard failing.count * 2 > now.count else { return [.warning(what, why: why, advice: advice)] }
        let isRefused = byCode.first?.value.first?.kind == .permission
        return [.broken(isRefused ? .permission : .work, what, why: why, advice: advice)]
    }

    /// Why the latest of them failed.
    private func causes(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [Failure] {
        var causes: [Failure] = []
        for state in [LedgerState.dead, .failed] where memory.counts[state.rawValue] != nil {
            var query = LedgerQuery(limit: LedgerRecordReader.recent)
            query.state = state
            causes += try await memory.history.events(matching: query).compactMap(\.report.cause)
        }
        return causes
    }
}
