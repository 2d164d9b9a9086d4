public import AutoTagger
public import Foundation

/// A ledger that forgets everything with the process: for tests of what stands on a ledger, and the model that real ones
/// are compared with.
public actor InMemoryLedger: Ledger {
    private struct Entry {
        var standing: EventStanding
        var report: EventReport
        var resources: [ResourceStanding] = []
        var history: [LedgerRecord.Attempt] = []
        var quarantine: Set<String> = []
        let firstSeen: Date
        var updatedAt: Date

        mutating func take(_ settled: EventReport, at now: Date) {
            report.handler = settled.handler
            report.outcome = settled.outcome
            report.reason = settled.reason
            report.identity = settled.identity
            report.error = settled.error
            updatedAt = now
        }

        var record: LedgerRecord {
            var report = report
            report.resources = resources.map(\.report)
            var lease: LedgerRecord.Lease?
            if standing.state == .claimed, let owner = standing.owner, let end = standing.leaseEnd {
                lease = LedgerRecord.Lease(owner: owner, end: end)
            }
            return LedgerRecord(
                report: report,
                state: standing.state,
                attempts: standing.attempts,
                firstSeen: firstSeen,
                updatedAt: updatedAt,
                lease: lease,
                retryAt: standing.retryAt,
                quarantined: quarantine.count
            )
        }
    }

    private var entries: [EventKey: Entry] = [:]
    /// The order in which events were first seen.
    private var order: [EventKey] = []
    private var failure: LedgerError?

    /// An empty ledger.
    public init() {}

    /// Lets every call fail from now on, or work again with `nil`.
    public func fail(with error: LedgerError?) {
        failure = error
    }

    /// See ``Ledger/claim(_:)``.
    public func claim(_ requests: [ClaimRequest]) throws(LedgerError) -> [ClaimAnswer] {
        try answer()
        var granted: Set<EventKey> = []
        return requests.map { request in
            if granted.contains(request.key) { return .held(until: request.leaseEnd) }
            let answer = claim(request)
            if case .granted = answer { granted.insert(request.key) }
            return answer
        }
    }

    private func claim(_ request: ClaimRequest) -> ClaimAnswer {
        guard var entry = entries[request.key] else {
            let standing = EventStanding(granting: request)
            let report = EventReport(key: request.key, header: request.header, outcome: .deferred)
            insert(
                request.key,
                Entry(standing: standing, report: report, firstSeen: request.now, updatedAt: request.now)
            )
            return .granted(attempt: standing.attempts)
        }
        let answer = entry.standing.answer(request)
        switch answer {
        case .granted: entry.updatedAt = request.now
        case .quarantined: entry.quarantine.insert(request.fingerprint)
        case .done, .held, .notBefore, .dead: break
        }
        entries[request.key] = entry
        return answer
    }

    private func insert(_ key: EventKey, _ entry: Entry) {
        entries[key] = entry
        order.append(key)
    }

    private func answer() throws(LedgerError) {
        if let failure { throw failure }
    }

    /// See ``Ledger/settle(_:)``.
    public func settle(_ settlements: [Settlement]) throws(LedgerError) -> [Bool] {
        try answer()
        return settlements.map { settle($0) }
    }

    private func settle(_ settlement: Settlement) -> Bool {
        guard var entry = entries[settlement.key] else { return false }
        let attempt = entry.standing.attempts
        switch entry.standing.settle(settlement) {
        case .refused: return false
        case .repeated: return true
        case .accepted: break
        }
        entry.take(settlement.report, at: settlement.now)
        entry.resources = ResourceStanding.merging(entry.resources, with: settlement.report.resources)
        entry.history.append(
            LedgerRecord.Attempt(
                number: attempt,
                startedAt: settlement.startedAt,
                endedAt: settlement.now,
                owner: settlement.owner,
                outcome: settlement.report.outcome,
                error: entry.standing.cause
            )
        )
        entries[settlement.key] = entry
        return true
    }

    /// See ``Ledger/free(_:now:)``.
    public func free(_ keys: [EventKey], now: Date) throws(LedgerError) -> Int {
        try answer()
        var freed = 0
        for key in keys {
            guard var entry = entries[key], entry.standing.free(now: now) else { continue }
            entry.report.reason = nil
            entry.updatedAt = now
            entries[key] = entry
            freed += 1
        }
        return freed
    }

    /// See ``Ledger/note(_:)``.
    public func note(_ skipped: [SkippedEvent]) throws(LedgerError) {
        try answer()
        for event in skipped {
            if var entry = entries[event.key] {
                if entry.standing.fingerprint != event.fingerprint {
                    entry.quarantine.insert(event.fingerprint)
                } else if entry.standing.isDecidedAtGate {
                    entry.standing.reason = event.report.reason
                    entry.take(event.report, at: event.now)
                }
                entries[event.key] = entry
            } else {
                let standing = EventStanding(
                    fingerprint: event.fingerprint,
                    state: .skipped,
                    reason: event.report.reason
                )
                let report = EventReport(key: event.key, header: event.header, outcome: .skipped)
                var entry = Entry(standing: standing, report: report, firstSeen: event.now, updatedAt: event.now)
                entry.take(event.report, at: event.now)
                insert(event.key, entry)
            }
        }
    }

    /// See ``Ledger/release(_:owner:)``.
    public func release(_ keys: [EventKey], owner: String) throws(LedgerError) {
        try answer()
        for key in keys { _ = entries[key]?.standing.release(by: owner) }
    }

    /// See ``Ledger/prune(before:isDryRun:)``.
    public func prune(before limit: Date, isDryRun: Bool) throws(LedgerError) -> Int {
        try answer()
        let old = order.filter { key in
            entries[key].map { $0.updatedAt < limit && $0.standing.state != .claimed } ?? false
        }
        guard !isDryRun else { return old.count }
        for key in old { entries[key] = nil }
        order.removeAll(where: old.contains)
        return old.count
    }

    /// See ``Ledger/latestCreations(of:)``.
    public func latestCreations(of arns: [String]) throws(LedgerError) -> [String: PriorCreation] {
        try answer()
        var latest: [String: PriorCreation] = [:]
        for key in order {
            guard let entry = entries[key], let time = entry.report.eventTime else { continue }
            for resource in entry.resources where !resource.written.isEmpty && arns.contains(resource.report.arn) {
                let arn = resource.report.arn
                if let known = latest[arn], known.eventTime > time { continue }
                latest[arn] = PriorCreation(key: key, eventTime: time, written: resource.written)
            }
        }
        return latest
    }
}

extension InMemoryLedger {
    /// See ``LedgerHistory/records(ofEvent:)``.
    public func records(ofEvent eventID: String) throws(LedgerError) -> [LedgerRecord] {
        try answer()
        return order.compactMap { key in
            guard key.eventID == eventID, let entry = entries[key] else { return nil }
            var record = entry.record
            record.history = entry.history
            return record
        }
    }

    /// Every event in the order in which it was first seen, with the number of resources that carry tags for it.
    func recordsWithTagged() throws(LedgerError) -> [(record: LedgerRecord, tagged: Int)] {
        try answer()
        return order.compactMap { key in
            entries[key].map { ($0.record, $0.resources.count { !$0.written.isEmpty }) }
        }
    }

    /// Every event in the order in which it was first seen.
    func records() throws(LedgerError) -> [LedgerRecord] {
        try recordsWithTagged().map(\.record)
    }
}
