import AutoTagger
import Foundation
import GRDB

/// A row of `events`, as far as claims and settlements turn on it.
struct StandingRow {
    let id: Int64
    var standing: EventStanding

    static func fetch(_ key: EventKey, in db: Database) throws -> StandingRow? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, fingerprint, state, reason, owner, lease_end, retry_at, attempts, failures, cause
                FROM events WHERE event_id = ? AND account = ?
                """
        )
        // A cursor's row is read in place; to fetch one would copy every column first.
        let rows = try Row.fetchCursor(statement, arguments: [key.eventID, key.accountID])
        guard let row = try rows.next() else { return nil }
        return try withExtendedLifetime(rows) { try StandingRow(row) }
    }

    init(id: Int64, standing: EventStanding) {
        self.id = id
        self.standing = standing
    }

    private init(_ row: Row) throws {
        id = row[0]
        standing = EventStanding(
            fingerprint: row[1],
            state: try row.word(2),
            reason: try row.optionalWord(3),
            owner: row[4],
            leaseEnd: row.optionalInstant(5),
            retryAt: row.optionalInstant(6),
            attempts: row[7],
            failures: row[8],
            cause: try row.optionalJSON(9)
        )
    }

    /// Writes back what a claim changed, or a release; a release has no clock, so the time of the last change stays.
    func update(at now: Date?, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE events SET state = ?, reason = ?, owner = ?, lease_end = ?, retry_at = ?, attempts = ?,
                    failures = ?, updated_at = coalesce(?, updated_at)
                WHERE id = ?
                """
        )
        try statement.execute(
            arguments: [
                standing.state.rawValue, standing.reason?.rawValue, standing.owner, standing.leaseEnd?.milliseconds,
                standing.retryAt?.milliseconds, standing.attempts, standing.failures, now?.milliseconds, id,
            ]
        )
    }

    /// Keeps a record that has the event's key and another content, for people to look at.
    func quarantine(_ fingerprint: String, at now: Date, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO quarantine (event, fingerprint, first_seen, last_seen) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen
                """
        )
        try statement.execute(arguments: [id, fingerprint, now.milliseconds, now.milliseconds])
    }

    /// To be found once for a group of events: to look for a statement costs the reading of its whole text.
    static func insertion(in db: Database) throws -> Statement {
        try db.cachedStatement(
            sql: """
                INSERT INTO events (event_id, account, fingerprint, source, name, region, event_time, state, reason, owner,
                    lease_end, attempts, failures, first_seen, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """
        )
    }

    /// Begins the row of an event that was never seen; `nil` where there is one.
    static func insert(
        _ key: EventKey,
        _ header: EventHeader,
        _ standing: EventStanding,
        at now: Date,
        by insertion: Statement,
        in db: Database
    ) throws -> StandingRow? {
        try insertion.run([
            .of(key.eventID), .of(key.accountID), .of(standing.fingerprint), .of(header.eventSource),
            .of(header.eventName),
            .of(header.region), .of(header.eventTime?.milliseconds), .of(standing.state.rawValue),
            .of(standing.reason?.rawValue), .of(standing.owner), .of(standing.leaseEnd?.milliseconds),
            .of(standing.attempts), .of(standing.failures), .of(now.milliseconds), .of(now.milliseconds),
        ])
        return db.changesCount == 1 ? StandingRow(id: db.lastInsertedRowID, standing: standing) : nil
    }
}
