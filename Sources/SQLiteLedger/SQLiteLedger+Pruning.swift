public import AutoTagger
public import Foundation
import GRDB

extension SQLiteLedger {
    /// How many events are forgotten in one transaction: others who write wait no longer than that takes.
    private static let portion = 500
    /// The share of free pages from which on the file is rewritten smaller; fewer are filled again soon.
    private static let waste = 0.25

    /// See ``Ledger/prune(before:isDryRun:)``. Gives the room back to the disk where that is worth it.
    public func prune(before limit: Date, isDryRun: Bool) throws(LedgerError) -> Int {
        let old = "updated_at < ? AND state <> 'claimed'"
        if isDryRun {
            return try transaction(.deferred) { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM events WHERE \(old)", arguments: [limit.milliseconds])
                    ?? 0
            }
        }
        var pruned = 0
        var portion = 0
        repeat {
            portion = try transaction(.immediate) { db in
                try db.execute(
                    sql: "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE \(old) LIMIT ?)",
                    arguments: [limit.milliseconds, Self.portion]
                )
                return db.changesCount
            }
            pruned += portion
        } while portion == Self.portion
        guard pruned > 0 else { return 0 }
        try transaction(.immediate) { db in
            // The last one stays, so that its number is never given to another person: processes remember numbers.
            try db.execute(
                sql: """
                    DELETE FROM identities WHERE id NOT IN (SELECT identity FROM events WHERE identity IS NOT NULL)
                        AND id < (SELECT max(id) FROM identities)
                    """
            )
        }
        shrink()
        return pruned
    }

    /// Rewrites the file without its free pages where they are many. That it cannot be done, as on a full disk or beside a
    /// process that reads, costs nothing: the pages are used again.
    private func shrink() {
        try? queue.writeWithoutTransaction { db in
            let free = try Double.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            let all = try Double.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            guard free > all * Self.waste else { return }
            try db.execute(sql: "VACUUM")
            // In a write-ahead log the smaller file is still in the log.
            _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }
}
