public import AutoTagger
import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``LedgerHistory/page(of:after:)``.
    public func page(of query: LedgerQuery, after position: LedgerPosition?) throws(LedgerError) -> LedgerPage {
        let place = position.flatMap { ListPlace($0) }
        return try transaction(.deferred) { db in
            var rows = try Self.rows(of: query, after: place, query.limit, in: db)
            if case .time? = place, rows.count < query.limit {
                // Behind the last event with a time come those without.
                rows += try Self.rows(of: query, after: .untimed(id: .max), query.limit - rows.count, in: db)
            }
            return LedgerPage(
                records: try rows.map { try RecordRow.read($0, in: db) },
                next: rows.count == query.limit ? rows.last.map { ListPlace(of: $0).position } : nil
            )
        }
    }

    private static func rows(
        of query: LedgerQuery,
        after place: ListPlace?,
        _ limit: Int,
        in db: Database
    ) throws -> [Row] {
        let (sql, arguments) = LedgerSQL.list(query, after: place, limit: limit)
        return try Row.fetchAll(db, sql: sql, arguments: arguments)
    }

    /// See ``LedgerHistory/records(ofEvent:)``.
    public func records(ofEvent eventID: String) throws(LedgerError) -> [LedgerRecord] {
        try transaction(.deferred) { db in
            try Row.fetchAll(db, sql: LedgerSQL.byEventID, arguments: [eventID]).map { row in
                var record = try RecordRow.read(row, in: db)
                record.history = try RecordRow.history(of: row[0], in: db)
                return record
            }
        }
    }

    /// See ``LedgerHistory/makers(ofResource:)``.
    public func makers(ofResource idOrARN: String) throws(LedgerError) -> [LedgerRecord] {
        try transaction(.deferred) { db in
            try Row.fetchAll(db, sql: LedgerSQL.makers, arguments: [idOrARN, ARNParts.tail(of: idOrARN)])
                .map { try RecordRow.read($0, in: db) }
        }
    }

    /// See ``LedgerHistory/statistics(by:)``.
    public func statistics(by dimension: LedgerDimension) throws(LedgerError) -> [LedgerCount] {
        try transaction(.deferred) { db in
            try Row.fetchAll(db, sql: LedgerSQL.statistics(by: dimension)).map { row in
                LedgerCount(value: row[0], events: row[1], resources: row[2])
            }
        }
    }
}

/// A row of ``LedgerSQL/columns`` as a record.
enum RecordRow {
    static func read(_ row: Row, in db: Database) throws -> LedgerRecord {
        let header = EventHeader(
            eventSource: row[3],
            eventName: row[4],
            region: row[5],
            eventTime: row.optionalInstant(6)
        )
        let state: LedgerState = try row.word(7)
        var report = EventReport(
            key: EventKey(accountID: row[1], eventID: row[2]),
            header: header,
            outcome: try row.optionalWord(15) ?? .deferred,
            reason: try row.optionalWord(16)
        )
        report.handler = row[14]
        report.identity = try row.optionalJSON(17)
        report.error = try row.optionalJSON(18)
        report.resources = try ResourceRow.fetchAll(of: row[0], in: db).map(\.report)
        return LedgerRecord(
            report: report,
            state: state,
            attempts: row[11],
            firstSeen: row.instant(12),
            updatedAt: row.instant(13),
            lease: state == .claimed ? lease(row) : nil,
            retryAt: row.optionalInstant(10),
            quarantined: row[19]
        )
    }

    private static func lease(_ row: Row) -> LedgerRecord.Lease? {
        guard let owner: String = row[8], let end = row.optionalInstant(9) else { return nil }
        return LedgerRecord.Lease(owner: owner, end: end)
    }

    static func history(of event: Int64, in db: Database) throws -> [LedgerRecord.Attempt] {
        try Row.fetchAll(db, sql: LedgerSQL.attempts, arguments: [event]).map { row in
            LedgerRecord.Attempt(
                number: row[0],
                startedAt: row.instant(1),
                endedAt: row.instant(2),
                owner: row[3],
                outcome: try row.word(4),
                error: try row.optionalJSON(5)
            )
        }
    }
}
