import AutoTagger
import CloudTrail
import Foundation

/// The events of a run that came too early, each with the report of its last try and the instant of its next one.
struct DeferredEvents {
    /// An event that waits.
    struct Entry {
        let event: CloudTrailEvent
        /// What its last try ended with.
        let report: EventReport
        /// How often it was tried.
        let tries: Int
        /// Before when the ledger does not hand it out.
        fileprivate var heldUntil: Date { report.dueAt ?? .distantPast }
    }

    /// What was just made is mostly there after a second; what takes minutes is asked about twice a minute.
    private static let pauses: [TimeInterval] = [1, 2, 4, 8, 16, 30]

    private var entries: [(entry: Entry, dueAt: Date)] = []

    var count: Int { entries.count }

    /// Takes an event in after a try that came too early: it is due after a pause, but not before the ledger says so.
    mutating func add(_ entry: Entry, now: Date) {
        let pause = Self.pauses[min(max(entry.tries, 1), Self.pauses.count) - 1]
        entries.append((entry, max(now.addingTimeInterval(pause), entry.heldUntil)))
    }

    /// When the first of them is due, of those that the ledger hands out before an instant; `nil` for none.
    func nextDue(until end: Date) -> Date? { entries.filter { $0.entry.heldUntil <= end }.map(\.dueAt).min() }

    /// Hands out what is due; at the end, everything that the ledger hands out by then.
    mutating func remove(dueAt date: Date, until end: Date) -> [Entry] {
        let isDue = { (entry: Entry, dueAt: Date) in date >= end ? entry.heldUntil <= end : dueAt <= date }
        let due = entries.filter { isDue($0.entry, $0.dueAt) }
        entries.removeAll { isDue($0.entry, $0.dueAt) }
        return due.map(\.entry)
    }

    /// Hands out everything: there will be no further try.
    mutating func removeAll() -> [Entry] {
        defer { entries = [] }
        return entries.map(\.entry)
    }
}
