import AutoTagger
import Foundation
import GRDB
import Testing

@testable import SQLiteLedger

/// Files that an older version laid out, or still writes beside this one.
@Suite struct OlderLayoutTests {
    private let folder: LedgerFolder
    private static let arns = [
        ("i-1", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1"), ("my-bucket", "arn:aws:s3:::my-bucket"),
        // The id is not the ARN's end.
        ("app/web", "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188"),
    ]

    init() throws {
        folder = try LedgerFolder()
        try FileManager.default.createDirectory(
            atPath: folder.url.appending(path: "state").path,
            withIntermediateDirectories: true
        )
    }

    /// What the first version wrote for a claim and a settlement.
    private func write(_ event: String, into queue: DatabaseQueue) throws {
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO identities (id, document, name, folded_name, folded_display)
                    VALUES (1, '{"confidence":"certain","display":"zoe","name":"zoe","type":"IAMUser"}', 'zoe', 'zoe', 'zoe');
                    INSERT INTO events (event_id, account, fingerprint, source, name, region, event_time, state, owner,
                        attempts, failures, first_seen, updated_at, outcome, identity)
                    VALUES (?, '111122223333', 'genuine', 'ec2.amazonaws.com', 'RunInstances', 'eu-central-1',
                        1700000000000, 'tagged', 'anna', 1, 0, 1700000000000, 1700000001000, 'tagged', 1)
                    """,
                arguments: [event]
            )
            let row = db.lastInsertedRowID
            for (position, (id, arn)) in Self.arns.enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO resources (event, position, type, id, arn, outcome, tags, kept, written, updated_at)
                        VALUES (?, ?, 'a:b', ?, ?, 'tagged', '{"Creator":"zoe"}', '{}', '{"Creator":"zoe"}', 0)
                        """,
                    arguments: [row, position, id, arn]
                )
            }
            try db.execute(
                sql: "INSERT INTO attempts VALUES (?, 1, 'anna', 1700000000000, 1700000001000, 'tagged', NULL)",
                arguments: [row]
            )
        }
    }

    private static let layouts = [1, 2]

    /// A file as an older version left it.
    private func open(layout: Int) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: folder.path)
        try LedgerSchema.migrator.migrate(queue, upTo: "1 events, resources, attempts, quarantine")
        guard layout == 2 else { return queue }
        try queue.write { db in
            try db.execute(
                sql: """
                    ALTER TABLE resources ADD COLUMN name TEXT NOT NULL
                        AS (substr(arn, length(rtrim(arn, replace(replace(arn, '/', ''), ':', ''))) + 1)) VIRTUAL;
                    DROP INDEX resources_by_id;
                    DROP INDEX resources_by_arn;
                    CREATE INDEX resources_by_name ON resources(name);
                    CREATE INDEX resources_by_other_id ON resources(id) WHERE id <> name;
                    INSERT INTO grdb_migrations VALUES ('2 one index for ids and ARNs');
                    PRAGMA user_version = 2;
                    """
            )
        }
        return queue
    }

    private func schema(_ db: Database) throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE name NOT GLOB 'grdb_*' ORDER BY name")
    }

    @Test(arguments: layouts, [true, false])
    func anOlderLayoutIsBroughtUpToDateWithAllThatIsInIt(layout: Int, byAReader: Bool) async throws {
        let old = try open(layout: layout)
        try write("e1", into: old)
        try old.close()
        let ledger = try byAReader ? SQLiteLedger(reading: folder.path) : folder.open()
        for (id, arn) in Self.arns {
            #expect(try await ledger.makers(ofResource: id).map(\.report.eventID) == ["e1"], "\(id)")
            #expect(try await ledger.makers(ofResource: arn).map(\.report.eventID) == ["e1"], "\(arn)")
        }
        let new = try DatabaseQueue()
        try LedgerSchema.migrator.migrate(new)
        #expect(try ledger.queue.read(schema) == new.read(schema))
        let latest = try await ledger.latestCreations(of: Self.arns.map(\.1))
        #expect(latest.values.map(\.written) == Array(repeating: ["Creator": "zoe"], count: 3))
        #expect(try await ledger.records(ofEvent: "e1").first?.history.count == 1)
        #expect(try await ledger.verify() == [])
        if !byAReader {
            #expect(try await ledger.claim([Sample.claim()]) == [.done(.tagged, reason: nil)])
        }
    }

    @Test(arguments: layouts) func aProbeLeavesItAsItIs(layout: Int) async throws {
        let old = try open(layout: layout)
        try write("e1", into: old)
        try old.close()
        let before = FileManager.default.contents(atPath: folder.path)
        let probe = SQLiteLedgerProbe(path: folder.path)
        let condition = await probe.condition()
        #expect(condition.troubles.isEmpty)
        #expect(condition.details.contains("of an older layout; the next start brings it up to date"))
        let error = await #expect(throws: LedgerError.self) { try await probe.history() }
        #expect(error?.code == "tooOld")
        #expect(before != nil && FileManager.default.contents(atPath: folder.path) == before)
    }

    @Test(arguments: layouts) func whatAProcessOfTheOlderVersionWritesBesideIsFound(layout: Int) async throws {
        let old = try open(layout: layout)
        try write("e1", into: old)
        let ledger = try folder.open()
        try write("e2", into: old)
        for (id, arn) in Self.arns {
            #expect(try await ledger.makers(ofResource: id).count == 2, "\(id)")
            #expect(try await ledger.makers(ofResource: arn).count == 2, "\(arn)")
        }
    }

    @Test(arguments: layouts) func everyLayoutCutsTheEndOffAnARNAsTheProgramDoes(layout: Int) async throws {
        let old = try open(layout: layout)
        try write("e1", into: old)
        let texts = [
            "", "a", "/", ":", "a/b", "a:b", "b", "Ä", "x/Ä", "x:b", "x/y:b", "x:a/b", "x/a:b", "xb", "x/", "x:", "*",
            "x/[b]",
        ]
        try await old.write { db in
            for (position, (id, arn)) in texts.flatMap({ id in texts.map { (id, $0) } }).enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO resources (event, position, type, id, arn, outcome, tags, kept, written, updated_at)
                        VALUES (1, ?, 'a:b', ?, ?, 'tagged', '{}', '{}', '{}', 0)
                        """,
                    arguments: [100 + position, id, arn]
                )
            }
        }
        let ledger = try folder.open()
        let rows = try await ledger.queue.read { db in
            try Row.fetchAll(db, sql: "SELECT id, arn, name FROM resources WHERE position >= 100").map { row in
                (id: row[0] as String, arn: row[1] as String, name: row[2] as String)
            }
        }
        #expect(rows.count == texts.count * texts.count)
        for (id, arn, name) in rows { #expect(name == ARNParts.tail(of: arn), "\(id) in \(arn)") }
        #expect(try await ledger.verify() == [])
    }
}
