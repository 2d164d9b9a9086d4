public import AutoTagger
import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``Ledger/settle(_:)``. One transaction for the whole group.
    public func settle(_ settlements: [Settlement]) throws(LedgerError) -> [Bool] {
        try transaction(.immediate) { db in
            try settlements.map { try Self.settle($0, by: document(of: $0.report.identity), in: db) }
        }
    }

    private static func settle(_ settlement: Settlement, by identity: String?, in db: Database) throws -> Bool {
        guard var row = try StandingRow.fetch(settlement.key, in: db) else { return false }
        let attempt = row.standing.attempts
        switch row.standing.settle(settlement) {
        case .refused: return false
        case .repeated: return true
        case .accepted: break
        }
        let story = Story(
            report: settlement.report,
            identity: identity,
            standing: row.standing,
            now: settlement.now
        )
        try story.store(in: row.id, db: db)
        try story.storeResources(of: row.id, in: db)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO attempts (event, number, owner, started_at, ended_at, outcome, error)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                row.id, attempt, settlement.owner, settlement.startedAt.milliseconds, settlement.now.milliseconds,
                settlement.report.outcome.rawValue, try Column.encode(row.standing.cause),
            ]
        )
        return true
    }
}

/// What became of an event, on its way into the tables.
struct Story {
    let report: EventReport
    /// The report's identity as JSON.
    let identity: String?
    let standing: EventStanding
    let now: Date

    func store(in event: Int64, db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE events SET state = ?, reason = ?, lease_end = ?, retry_at = ?, failures = ?, cause = ?, updated_at = ?,
                    handler = ?, outcome = ?, identity = ?, error = ?
                WHERE id = ?
                """
        )
        try statement.execute(
            arguments: [
                standing.state.rawValue, standing.reason?.rawValue, standing.leaseEnd?.milliseconds,
                standing.retryAt?.milliseconds, standing.failures, try Column.encode(standing.cause), now.milliseconds,
                report.handler, report.outcome.rawValue, try identityRow(in: db),
                try Column.encode(report.error), event,
            ]
        )
    }

    func storeResources(of event: Int64, in db: Database) throws {
        var earlier: [ResourceStanding] = []
        if standing.attempts > 1 {
            earlier = try ResourceRow.fetchAll(of: event, in: db)
            try db.cachedStatement(sql: "DELETE FROM resources WHERE event = ?").execute(arguments: [event])
        }
        guard !(earlier.isEmpty && report.resources.isEmpty) else { return }
        let statement = try db.cachedStatement(sql: ResourceRow.insertion)
        for (position, resource) in ResourceStanding.merging(earlier, with: report.resources).enumerated() {
            try statement.execute(
                arguments: try ResourceRow.arguments(of: resource, event: event, position: position, at: now)
            )
        }
    }

    /// The row of the identity: a few people make many events, so each is stored once.
    private func identityRow(in db: Database) throws -> Int64? {
        guard let identity = report.identity, let document = self.identity else { return nil }
        let known = try db.cachedStatement(sql: "SELECT id FROM identities WHERE document = ?")
        if let id = try Int64.fetchOne(known, arguments: [document]) { return id }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO identities (document, name, folded_name, folded_arn, folded_display) VALUES (?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                document, identity.name, identity.name.lowercased(), identity.arn?.lowercased(),
                identity.display.lowercased(),
            ]
        )
        return db.lastInsertedRowID
    }
}
