internal import AutoTagger
internal import CloudTrail
internal import Foundation

/// When an event last came.
struct LastEventCheck: MemoryCheck {
    /// In an account where nobody makes anything for a week, nothing comes either; longer is worth a look.
    static let quiet = 7.0 * 86_400

    let record: LedgerRecordReader
    let now: @Sendable () -> Date

    var name: String { "last event" }

    func lines(_ memory: LedgerRecordReader.Memory) async throws(LedgerError) -> [CheckLine] {
        guard let last = memory.latest.max(by: { $0.updatedAt < $1.updatedAt }) else {
            return [
                .warning(
                    "none has ever come", why: "\(record.place) is empty",
                    advice: "see 'trail', 'rule' and 'queue' here; name another ledger with --ledger")
            ]
        }
        let age = now().timeIntervalSince(last.updatedAt)
        let what = "\(last.report.eventName) of \(last.report.eventSource), seen \(Wording.span(max(0, age))) ago"
        guard age > Self.quiet else { return [.ok("\(what): \(last.state.rawValue)")] }
        return [
            .warning(
                what, why: "nothing has come for so long that it may be lost on its way",
                advice: "make something small, such as a security group, and see 'trail', 'rule' and 'queue' here")
        ]
    }
}
