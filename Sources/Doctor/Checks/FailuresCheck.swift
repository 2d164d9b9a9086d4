internal import AutoTagger

/// What failed, was given up or waits, and for what: the commonest reason with the way out.
struct FailuresCheck: MemoryCheck {
    let record: LedgerRecordReader

    var name: String { "failures" }

    func lines(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [CheckLine] {
        let done = memory.count(.tagged) + memory.count(.unchanged)
        let ended =
            memory.counts == nil
            ? "\(done) of the latest \(Wording.count(memory.latest.count, "event")) done" : "\(done) done"
        let words: [LedgerState: String] = [.dead: "given up", .failed: "failed", .deferred: "waiting"]
        let parts = LedgerRecordReader.openStates.filter { Self.count($0, in: memory) > 0 }
            .map { "\(Self.number(of: $0, in: memory)) \(words[$0] ?? $0.rawValue)" }
        guard !parts.isEmpty else {
            return [.ok("none; \(memory.counts == nil ? ended : "\(Wording.count(done, "event")) done")")]
        }
        let what = "\(parts.joined(separator: ", ")); \(ended)"
        let failed = Self.count(.dead, in: memory) + Self.count(.failed, in: memory)
        guard failed > 0 else { return [.ok(what, why: "waiting events are tried again")] }

        let records = [LedgerState.dead, .failed].flatMap { memory.open[$0] ?? [] }
        let byCode = Dictionary(grouping: records.compactMap(\.report.cause), by: \.code).sorted {
            ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        let isPart = records.count < failed || records.count >= LedgerRecordReader.recent
        let of = isPart ? " of the latest \(records.count)" : ""
        let why =
            byCode.first.map { "\($0.value.count)\(of) for \($0.key): \($0.value[0].message)" }
            ?? "no reason was recorded"
        let advice = "mend that, then run autotagger ledger retry --failed"
        // Old failures stay until somebody frees them; only when what comes now fails is nothing tagged.
        let now = memory.latest.prefix(20).filter { $0.state != .skipped }
        let failing = now.filter { $0.state == .dead || $0.state == .failed }
        guard failing.count * 2 > now.count else { return [.warning(what, why: why, advice: advice)] }
        let isRefused = byCode.first?.value.first?.kind == .permission
        return [.broken(isRefused ? .permission : .work, what, why: why, advice: advice)]
    }

    /// How many stand in an open state, as far as they were counted or read.
    private static func count(_ state: LedgerState, in memory: LedgerRecordReader.Memory) -> Int {
        memory.counts == nil ? memory.open[state]?.count ?? 0 : memory.count(state)
    }

    private static func number(of state: LedgerState, in memory: LedgerRecordReader.Memory) -> String {
        let count = count(state, in: memory)
        return memory.counts == nil && count >= LedgerRecordReader.recent ? "\(count) or more" : String(count)
    }
}
