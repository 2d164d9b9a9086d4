import AutoTagger
import GRDB

/// What a file's header says about whose it is.
struct LedgerHeader {
    let applicationID: Int
    let version: Int
    let isEmpty: Bool

    init(of db: Database) throws {
        version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        applicationID = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        // GRDB's own table comes before the first migration: a process that stopped between left an empty ledger.
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name NOT GLOB 'grdb_*' AND name NOT GLOB 'sqlite_*'"
        isEmpty = try Int.fetchOne(db, sql: tables) == 0
    }

    /// Whether the tables are those of this version; `false` means that they can be made so.
    func isCurrent(path: String) throws(LedgerError) -> Bool {
        if isEmpty { return false }
        guard applicationID == LedgerSchema.applicationID else { throw .notALedger(path: path) }
        guard version <= LedgerSchema.version else { throw .tooNew(path: path, version: version) }
        return version == LedgerSchema.version
    }
}
