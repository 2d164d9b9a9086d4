public import AutoTagger
import GRDB

extension SQLiteLedger {
    /// See ``LedgerHistory/verify()``. Reads the whole file: some seconds for a gigabyte.
    public func verify() throws(LedgerError) -> [String] {
        try transaction(.deferred) { db in
            var findings = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            // A broken file answers the next questions with an error or nonsense.
            guard findings.isEmpty else { return findings }
            findings += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "\(row[0] as String): row \(row[1] as Int64? ?? 0) refers to a row of \(row[2] as String) that is not there"
            }
            for check in checks {
                findings += try String.fetchAll(db, sql: check.sql).map { "event \($0): \(check.finding)" }
            }
            return findings
        }
    }
}

/// What must hold of the rows beyond what SQLite itself keeps up: a finding, and the events of which it is true.
private struct Check {
    let finding: String
    let sql: String

    init(_ finding: String, _ sql: String) {
        self.finding = finding
        self.sql = sql
    }
}

private let checks = [
    Check(
        "is claimed without an owner and a lease",
        "SELECT event_id FROM events WHERE state = 'claimed' AND (owner IS NULL OR lease_end IS NULL)"
    ),
    Check(
        "has a lease though nobody works on it",
        "SELECT event_id FROM events WHERE state <> 'claimed' AND lease_end IS NOT NULL"
    ),
    Check(
        "is settled without an outcome",
        """
        SELECT event_id FROM events
        WHERE state IN ('tagged', 'unchanged', 'skipped', 'failed', 'dead') AND outcome IS NULL
        """
    ),
    Check(
        "stands where this version knows no state",
        """
        SELECT event_id FROM events
        WHERE state NOT IN (\(LedgerState.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
        """
    ),
    Check(
        "counts more failures than attempts",
        "SELECT event_id FROM events WHERE failures > attempts"
    ),
    Check(
        "has an attempt beyond those it counts",
        """
        SELECT e.event_id FROM events e
        WHERE e.attempts < (SELECT max(number) FROM attempts a WHERE a.event = e.id)
        """
    ),
    Check(
        "holds a resource that cannot be read",
        """
        SELECT DISTINCT e.event_id FROM events e JOIN resources r ON r.event = e.id
        WHERE NOT (json_valid(r.tags) AND json_valid(r.kept) AND json_valid(r.written)
            AND json_valid(coalesce(r.error, '{}')))
        """
    ),
    Check(
        "holds an identity or error that cannot be read",
        """
        SELECT e.event_id FROM events e LEFT JOIN identities i ON i.id = e.identity
        WHERE NOT (json_valid(coalesce(i.document, '{}')) AND json_valid(coalesce(e.error, '{}'))
            AND json_valid(coalesce(e.cause, '{}')))
        """
    ),
]
