internal import AutoTagger

/// What was left alone on purpose, by reason: settings that skip nearly everything look like a broken tagger.
struct SkippedCheck: MemoryCheck {
    /// The reasons that are somebody's choice, and so may be a mistake.
    static let chosen: Set<SkipReason> = [
        .accountNotAllowed, .regionNotAllowed, .identityExcluded, .handlerDisabled, .optedOut,
    ]

    let record: LedgerRecordReader

    var name: String { "skipped" }

    func lines(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [CheckLine] {
        let total = memory.count(.skipped)
        guard total > 0 else { return [.ok("nothing was left alone")] }
        let reasons = memory.latest.filter { $0.state == .skipped }.compactMap(\.report.reason)
        let counted = Dictionary(grouping: reasons, by: \.self).mapValues(\.count)
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        let list = counted.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        let span = "of the latest \(Wording.count(memory.latest.count, "event"))"
        let all = memory.counts == nil ? "" : "\(total) in all"
        let what = [all, list.isEmpty ? "" : "\(span): \(list)"].filter { !$0.isEmpty }.joined(separator: "; ")
        let chosen = reasons.filter(Self.chosen.contains)
        guard chosen.count * 2 > memory.latest.count, let main = counted.first(where: { Self.chosen.contains($0.key) })
        else { return [.ok(what)] }
        return [
            .warning(
                what, why: "most of what comes is left alone: \(main.key.explanation)",
                advice: "autotagger ledger list --outcome skipped shows which; change the setting if that is not meant")
        ]
    }
}
