public import AutoTagger
import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``Ledger/settle(_:)``. One transaction for the whole group.
    public func settle(_ settlements: [Settlement]) throws(LedgerError) -> [Bool] {
        try transaction(.immediate) { db in
            let statements = try SettlementStatements(in: db)
            return try settlements.map { try settle($0, by: statements, in: db) }
        }
    }

    private func settle(_ settlement: Settlement, by statements: SettlementStatements, in db: Database) throws -> Bool {
        if let row = granted.removeValue(forKey: settlement.key),
            try settle(settlement, in: row, isRead: false, by: statements, db)
        {
            return true
        }
        guard let row = try StandingRow.fetch(settlement.key, in: db) else { return false }
        return try settle(settlement, in: row, isRead: true, by: statements, db)
    }

    /// Settles a row as it was read, or as it was when it was granted here; then the update finds out whether it still is.
    private func settle(
        _ settlement: Settlement,
        in row: StandingRow,
        isRead: Bool,
        by statements: SettlementStatements,
        _ db: Database
    ) throws -> Bool {
        var row = row
        let attempt = row.standing.attempts
        switch row.standing.settle(settlement) {
        case .refused: return false
        case .repeated: return isRead
        case .accepted: break
        }
        let story = Story(
            report: settlement.report,
            identity: try identityRow(of: settlement.report.identity, in: db),
            standing: row.standing,
            now: settlement.now
        )
        try statements.event.run(story.values + [.of(row.id), .of(settlement.owner), .of(attempt)])
        guard db.changesCount == 1 else { return false }
        try story.storeResources(of: row.id, by: statements.resource, in: db)
        try statements.attempt.run([
            .of(row.id), .of(attempt), .of(settlement.owner), .of(settlement.startedAt.milliseconds),
            .of(settlement.now.milliseconds), .of(settlement.report.outcome.rawValue),
            .of(Column.encode(row.standing.cause)),
        ])
        return true
    }
}

/// What settles an event; found once for a group, since to look for a statement costs the reading of its whole text.
private struct SettlementStatements {
    /// Changes the event only where it is still claimed as it was.
    let event: Statement
    let resource: Statement
    let attempt: Statement

    init(in db: Database) throws {
        event = try db.cachedStatement(sql: Story.update + " AND state = 'claimed' AND owner = ? AND attempts = ?")
        resource = try db.cachedStatement(sql: ResourceRow.insertion)
        attempt = try db.cachedStatement(
            sql: """
                INSERT INTO attempts (event, number, owner, started_at, ended_at, outcome, error)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
    }
}

/// What became of an event, on its way into the tables.
struct Story {
    let report: EventReport
    /// The row of the report's identity.
    let identity: Int64?
    let standing: EventStanding
    let now: Date

    static let update = """
        UPDATE events SET state = ?, reason = ?, lease_end = ?, retry_at = ?, failures = ?, cause = ?, updated_at = ?,
            handler = ?, outcome = ?, identity = ?, error = ?
        WHERE id = ?
        """

    /// Those of ``update`` before the event's row.
    var values: [RowValue] {
        [
            .of(standing.state.rawValue), .of(standing.reason?.rawValue), .of(standing.leaseEnd?.milliseconds),
            .of(standing.retryAt?.milliseconds), .of(standing.failures), .of(Column.encode(standing.cause)),
            .of(now.milliseconds), .of(report.handler), .of(report.outcome.rawValue), .of(identity),
            .of(Column.encode(report.error)),
        ]
    }

    func store(in event: Int64, db: Database) throws {
        try db.cachedStatement(sql: Self.update).run(values + [.of(event)])
    }

    func storeResources(of event: Int64, by insertion: Statement, in db: Database) throws {
        var earlier: [ResourceStanding] = []
        if standing.attempts > 1 {
            earlier = try ResourceRow.fetchAll(of: event, in: db)
            try db.cachedStatement(sql: "DELETE FROM resources WHERE event = ?").execute(arguments: [event])
        }
        for (position, resource) in ResourceStanding.merging(earlier, with: report.resources).enumerated() {
            try insertion.run(ResourceRow.values(of: resource, event: event, position: position, at: now))
        }
    }
}
