public import AutoTagger
import Foundation
import GRDB

extension SQLiteLedger {
    /// See ``Ledger/latestCreations(of:)``. One statement for the whole group.
    public func latestCreations(of arns: [String]) throws(LedgerError) -> [String: PriorCreation] {
        let ends = Dictionary(arns.map { ($0, ARNParts.tail(of: $0)) }, uniquingKeysWith: { end, _ in end })
        return try transaction(nil) { db in
            let statement = try db.cachedStatement(sql: LedgerSQL.creations)
            // A cursor's rows are read in place; to fetch them would copy every column first.
            let rows = try Row.fetchCursor(statement, arguments: [Column.encode(ends)])
            var latest: [String: Creation] = [:]
            while let row = try rows.next() {
                let arn: String = row[0]
                let place = (time: row[1] as Int64, event: row[2] as Int64)
                if let known = latest[arn], place < known.place { continue }
                let key = EventKey(accountID: row[3], eventID: row[4])
                latest[arn] = Creation(place: place, key: key, written: row[5])
            }
            return try latest.mapValues { try $0.read() }
        }
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
