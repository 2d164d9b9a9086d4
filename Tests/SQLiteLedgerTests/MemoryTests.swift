import AutoTagger
import Foundation
import GRDB
import Testing

@testable import SQLiteLedger

/// What a ledger remembers of its file may have been changed by others meanwhile.
@Suite struct MemoryTests {
    private let folder: LedgerFolder

    init() throws { folder = try LedgerFolder() }

    private func settlement(_ event: String, by name: String = "zoe", at seconds: Double = 1) -> Settlement {
        var report = EventReport(key: Sample.claim(event).key, header: Sample.header, outcome: .tagged)
        report.identity = Identity(type: "IAMUser", name: name, confidence: .certain)
        return Settlement(
            key: Sample.claim(event).key,
            owner: "anna",
            report: report,
            startedAt: LedgerFolder.now,
            now: LedgerFolder.now.addingTimeInterval(seconds)
        )
    }

    @Test func claimThatAnotherProcessTookOverIsRefused() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        try await ledger.queue.writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE events SET owner = 'ben', attempts = 2")
        }
        #expect(try await ledger.settle([settlement("e1")]) == [false])
        #expect(try await ledger.records(ofEvent: "e1").first?.lease?.owner == "ben")
    }

    @Test func leaseThatAnotherProcessRenewedCounts() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        let end = LedgerFolder.now.addingTimeInterval(200).timeIntervalSince1970 * 1000
        try await ledger.queue.writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE events SET lease_end = ?", arguments: [Int64(end)])
        }
        #expect(try await ledger.settle([settlement("e1", at: 100)]) == [true])
    }

    @Test func identityThatAnotherProcessPrunedIsWrittenAnew() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim("e1"), Sample.claim("e2")])
        #expect(try await ledger.settle([settlement("e1")]) == [true])
        let other = try folder.open()
        #expect(try await other.prune(before: .distantFuture, isDryRun: false) == 1)
        _ = try await other.claim([Sample.claim("e3", by: "ben")])
        // The only identity stays; one that is not the last goes.
        try await other.queue.writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE events SET identity = NULL; DELETE FROM identities")
        }
        #expect(try await ledger.settle([settlement("e2")]) == [true])
        #expect(try await ledger.records(ofEvent: "e2").first?.report.identity?.name == "zoe")
        #expect(try await ledger.verify() == [])
    }

    @Test func numberOfAPrunedIdentityIsNobodyElses() async throws {
        let ledger = try folder.open()
        let other = try folder.open()
        _ = try await ledger.claim(["e1", "e2", "e3"].map { Sample.claim($0) })
        #expect(try await ledger.settle([settlement("e1", by: "zoe")]) == [true])
        #expect(try await other.prune(before: .distantFuture, isDryRun: false) == 1)
        #expect(try await other.settle([settlement("e2", by: "bob")]) == [true])
        #expect(try await ledger.settle([settlement("e3", by: "zoe")]) == [true])
        #expect(try await ledger.records(ofEvent: "e2").first?.report.identity?.name == "bob")
        #expect(try await ledger.records(ofEvent: "e3").first?.report.identity?.name == "zoe")
    }

    @Test func pruneGivesTheRoomBack() async throws {
        let ledger = try folder.open()
        for first in stride(from: 0, to: 3000, by: 100) {
            _ = try await ledger.claim((first..<first + 100).map { Sample.claim("event \($0)") })
            _ = try await ledger.settle((first..<first + 100).map { settlement("event \($0)") })
        }
        let size = { try FileManager.default.attributesOfItem(atPath: folder.path)[.size] as? Int ?? 0 }
        try await ledger.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        let before = try size()
        #expect(try await ledger.prune(before: .distantFuture, isDryRun: false) == 3000)
        #expect(try size() < before / 5)
        #expect(try await ledger.events(matching: LedgerQuery()).isEmpty)
    }
}
