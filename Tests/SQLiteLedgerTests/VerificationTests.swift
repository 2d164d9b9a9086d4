import AutoTagger
import GRDB
import Testing

@testable import SQLiteLedger

/// Each way in which rows can contradict themselves, made by hand, is found and named by its event.
@Suite struct VerificationTests {
    @Test(arguments: [
        ("UPDATE events SET owner = NULL WHERE event_id = 'claimed'", "event claimed: is claimed without an owner"),
        ("UPDATE events SET lease_end = 1 WHERE event_id = 'done'", "event done: has a lease"),
        ("UPDATE events SET outcome = NULL WHERE event_id = 'done'", "event done: is settled without an outcome"),
        ("UPDATE events SET state = 'odd' WHERE event_id = 'done'", "event done: stands where"),
        ("UPDATE events SET failures = 9 WHERE event_id = 'done'", "event done: counts more failures"),
        ("UPDATE attempts SET number = 9", "event done: has an attempt beyond"),
        ("UPDATE events SET error = '{' WHERE event_id = 'claimed'", "event claimed: holds an identity or error"),
        (
            "INSERT INTO resources SELECT id, 0, 't', 'i', 'a', 'tagged', NULL, '{', '{}', '{}', NULL, NULL, 0 FROM events "
                + "WHERE event_id = 'done'", "event done: holds a resource that cannot be read"
        ),
        ("INSERT INTO quarantine VALUES (999, 'f', 0, 0)", "quarantine: row 0 refers to a row of events"),
    ])
    func contradictionIsFound(damage: String, finding: String) async throws {
        let folder = try LedgerFolder()
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim("claimed"), Sample.claim("done")])
        _ = try await ledger.settle([Sample.settlement("done")])
        #expect(try await ledger.verify() == [])
        try await ledger.queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: damage)
        }
        let findings = try await ledger.verify()
        #expect(findings.count == 1)
        #expect(findings.allSatisfy { $0.hasPrefix(finding) }, "\(findings)")
    }

    @Test func indexThatLacksARowIsFound() async throws {
        let folder = try LedgerFolder()
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        try ledger.close()
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
        let raw = try DatabaseQueue(path: folder.path, configuration: configuration)
        // The index is emptied behind SQLite's back: it now stands for another column's table of none.
        try await raw.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    CREATE TABLE empty (event_time); CREATE INDEX none ON empty(event_time);
                    UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'none')
                    WHERE name = 'events_by_time';
                    DELETE FROM sqlite_schema WHERE name IN ('none', 'empty');
                    """
            )
        }
        try raw.close()
        #expect(try await !SQLiteLedger(reading: folder.path).verify().isEmpty)
    }
}
