public import AutoTagger
import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``Ledger/latestCreations(of:)``.
    public func latestCreations(of arns: [String]) throws(LedgerError) -> [String: PriorCreation] {
        try transaction(.deferred) { db in
            let statement = try db.cachedStatement(sql: LedgerSQL.creations)
            var latest: [String: PriorCreation] = [:]
            for arn in Set(arns) { latest[arn] = try Self.latestCreation(of: arn, statement) }
            return latest
        }
    }

    private static func latestCreation(of arn: String, _ creations: Statement) throws -> PriorCreation? {
        // A cursor's rows are read in place; to fetch them would copy every column first.
        let rows = try Row.fetchCursor(creations, arguments: [ARNParts.tail(of: arn), arn])
        var latest: Creation?
        while let row = try rows.next() {
            let place = (time: row[0] as Int64, event: row[1] as Int64)
            if let latest, place < latest.place { continue }
            latest = Creation(place: place, key: EventKey(accountID: row[2], eventID: row[3]), written: row[4])
        }
        return try latest?.read()
    }
}

/// A row of ``LedgerSQL/creations``.
private struct Creation {
    /// The later the greater; of events of one time that which was seen last.
    let place: (time: Int64, event: Int64)
    let key: EventKey
    let written: String

    func read() throws -> PriorCreation {
        PriorCreation(key: key, eventTime: Date(milliseconds: place.time), written: try Column.decode(written))
    }
}
