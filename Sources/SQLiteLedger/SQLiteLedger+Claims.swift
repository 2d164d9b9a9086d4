public import AutoTagger
public import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``Ledger/claim(_:)``. One transaction for the whole group.
    public func claim(_ requests: [ClaimRequest]) throws(LedgerError) -> [ClaimAnswer] {
        try transaction(.immediate) { db in
            let insertion = try StandingRow.insertion(in: db)
            var granted: [Int64] = []
            return try requests.map { try claim($0, beside: &granted, by: insertion, in: db) }
        }
    }

    /// - Parameter granted: The rows that were granted to earlier requests of the group.
    private func claim(
        _ request: ClaimRequest,
        beside granted: inout [Int64],
        by insertion: Statement,
        in db: Database
    ) throws -> ClaimAnswer {
        // Nearly every event is new: the insert alone decides that.
        let fresh = EventStanding(granting: request)
        if let row = try StandingRow.insert(
            request.key, request.header, fresh, at: request.now, by: insertion, in: db)
        {
            remember(row, for: request.key)
            granted.append(row.id)
            return .granted(attempt: fresh.attempts)
        }
        guard var row = try StandingRow.fetch(request.key, in: db) else {
            throw ColumnError(description: "an event that is there and cannot be found")
        }
        if granted.contains(row.id) { return .held(until: request.leaseEnd) }
        let answer = row.standing.answer(request)
        switch answer {
        case .granted:
            try row.update(at: request.now, in: db)
            remember(row, for: request.key)
            granted.append(row.id)
        case .quarantined: try row.quarantine(request.fingerprint, at: request.now, in: db)
        case .done, .held, .notBefore, .dead: break
        }
        return answer
    }

    /// See ``Ledger/release(_:owner:)``.
    public func release(_ keys: [EventKey], owner: String) throws(LedgerError) {
        try transaction(.immediate) { db in
            for key in keys {
                guard var row = try StandingRow.fetch(key, in: db) else { continue }
                if row.standing.release(by: owner) { try row.update(at: nil, in: db) }
            }
        }
    }

    /// See ``Ledger/free(_:now:)``.
    public func free(_ keys: [EventKey], now: Date) throws(LedgerError) -> Int {
        try transaction(.immediate) { db in
            var freed = 0
            for key in keys {
                guard var row = try StandingRow.fetch(key, in: db), row.standing.free(now: now) else { continue }
                try row.update(at: now, in: db)
                freed += 1
            }
            return freed
        }
    }

    /// See ``Ledger/note(_:)``.
    public func note(_ skipped: [SkippedEvent]) throws(LedgerError) {
        try transaction(.immediate) { db in
            let insertion = try StandingRow.insertion(in: db)
            for event in skipped { try note(event, by: insertion, in: db) }
        }
    }

    private func note(_ event: SkippedEvent, by insertion: Statement, in db: Database) throws {
        let standing = EventStanding(fingerprint: event.fingerprint, state: .skipped, reason: event.report.reason)
        let fresh = try StandingRow.insert(event.key, event.header, standing, at: event.now, by: insertion, in: db)
        guard let row = try fresh ?? StandingRow.fetch(event.key, in: db) else { return }
        if row.standing.fingerprint != event.fingerprint {
            try row.quarantine(event.fingerprint, at: event.now, in: db)
        } else if row.standing.isDecidedAtGate {
            let story = Story(
                report: event.report,
                identity: try identityRow(of: event.report.identity, in: db),
                standing: standing,
                now: event.now
            )
            try story.store(in: row.id, db: db)
        }
    }
}
