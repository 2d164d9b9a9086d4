import AutoTagger
import Foundation
import GRDB
import Testing

@testable import SQLiteLedger

@Suite struct LedgerFileTests {
    private let folder: LedgerFolder

    init() throws {
        folder = try LedgerFolder()
    }

    private func code(_ work: () throws -> some Any) -> String? {
        do {
            _ = try work()
            return nil
        } catch {
            return (error as? LedgerError)?.code
        }
    }

    /// Opens the file as any SQLite program would.
    private func raw(_ sql: String) throws {
        try DatabaseQueue(path: folder.path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    @Test func fileAndCompanionsAreTheirOwnersOnly() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        #expect(try folder.mode() == 0o700)
        #expect(try folder.names() == ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
        for name in try folder.names() { #expect(try folder.mode(name) == 0o600, "\(name)") }
        try ledger.close()
        #expect(try folder.names() == ["ledger.sqlite"])
    }

    @Test func fileThatWasOpenToOthersIsClosedToThem() throws {
        try folder.open().close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path)
        try folder.open().close()
        #expect(try folder.mode("ledger.sqlite") == 0o600)
    }

    @Test(arguments: [true, false])
    func logSuitsTheDisk(isNetworked: Bool) throws {
        // Once as a new file, once as one that is there.
        for _ in 1...2 {
            let ledger = try folder.open(FileSystemProbe { _ in isNetworked })
            let (mode, synchronous) = try ledger.queue.writeWithoutTransaction { db in
                (
                    try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                    try Int.fetchOne(db, sql: "PRAGMA synchronous")
                )
            }
            #expect(mode == (isNetworked ? "delete" : "wal"))
            #expect(synchronous == (isNetworked ? 2 : 1))
            #expect(ledger.warnings.count == (isNetworked ? 1 : 0))
            #expect(ledger.warnings.allSatisfy { $0.contains(folder.path) && $0.contains("network") })
        }
    }

    @Test func pathThatCannotBeWrittenIsSaidWithTheWayOut() throws {
        try Data().write(to: folder.url.appending(path: "state"))
        do {
            _ = try folder.open()
            Issue.record("a ledger below a file was opened")
        } catch {
            let error = try #require(error as? LedgerError)
            #expect(error.code == "notWritable")
            for part in [folder.path, "--ledger", "AUTOTAGGER_LEDGER"] { #expect(error.message.contains(part)) }
        }
    }

    @Test func folderInThePlaceOfTheFileIsRefused() throws {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        #expect(code { try folder.open() } == "notWritable")
    }

    @Test(arguments: [
        Data("no database, whatever its name says, and long enough to have a header of one hundred bytes".utf8)
            + Data(repeating: 0x20, count: 5000), Data("SQLite format 3\0".utf8) + Data(repeating: 0xFF, count: 8000),
    ])
    func brokenFileIsSetAsideAndKept(content: Data) async throws {
        try folder.open().close()
        try content.write(to: URL(filePath: folder.path))
        let ledger = try folder.open()
        let aside = "ledger.sqlite.broken-20231114T221320Z"
        #expect(FileManager.default.contents(atPath: folder.url.appending(path: "state/" + aside).path) == content)
        #expect(ledger.warnings.count == 1)
        #expect(ledger.warnings.allSatisfy { $0.contains(aside) })
        #expect(try await ledger.claim([Sample.claim()]) == [.granted(attempt: 1)])
        // Again within the same second: nothing is overwritten.
        try ledger.close()
        try content.write(to: URL(filePath: folder.path))
        _ = try folder.open()
        #expect(try folder.names().contains(aside))
        #expect(try folder.names().contains(aside + "-2"))
    }

    @Test func fileThatBreaksInUseIsSetAsideAtTheNextOpening() async throws {
        let ledger = try folder.open()
        for number in 0..<200 { _ = try await ledger.claim([Sample.claim("event \(number)")]) }
        try ledger.close()
        // The first page, with the header and the names of the tables, stays sound.
        let file = try FileHandle(forUpdating: URL(filePath: folder.path))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xEE, count: Int(size) - 4096))
        try file.close()
        let broken = try folder.open()
        await #expect(throws: LedgerError.self) { try await broken.claim([Sample.claim("event 7")]) }
        try broken.close()
        let fresh = try folder.open()
        #expect(fresh.warnings.count == 1)
        #expect(try await fresh.claim([Sample.claim("event 7")]) == [.granted(attempt: 1)])
        #expect(try folder.names().contains { $0.hasPrefix("ledger.sqlite.broken-") })
        try fresh.close()
        #expect(try folder.open().warnings == [])
    }

    @Test func newerLayoutIsRefusedAndLeftAlone() throws {
        try folder.open().close()
        try raw("PRAGMA user_version = 99")
        #expect(code { try folder.open() } == "tooNew")
        #expect(code { try SQLiteLedger(reading: folder.path) } == "tooNew")
        #expect(try folder.names() == ["ledger.sqlite"])
    }

    @Test func foreignDatabaseIsRefusedAndLeftAlone() throws {
        try FileManager.default.createDirectory(
            atPath: folder.url.appending(path: "state").path,
            withIntermediateDirectories: true
        )
        try raw("CREATE TABLE invoices (id INTEGER)")
        #expect(code { try folder.open() } == "notALedger")
        #expect(code { try SQLiteLedger(reading: folder.path) } == "notALedger")
        let tables = try DatabaseQueue(path: folder.path).read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema")
        }
        #expect(tables == ["invoices"])
    }

    @Test func readingNeverMakesAFile() throws {
        #expect(code { try SQLiteLedger(reading: folder.path) } == "missing")
        #expect(throws: CocoaError.self) { try folder.names() }
    }

    @Test func readingChangesNothing() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        let reader = try SQLiteLedger(reading: folder.path)
        #expect(try await reader.records(ofEvent: "e1").count == 1)
        await #expect(throws: LedgerError.self) { try await reader.claim([Sample.claim("e2")]) }
        // The writer goes on beside the reader, and the reader sees it.
        _ = try await ledger.claim([Sample.claim("e3")])
        #expect(try await reader.records(ofEvent: "e3").count == 1)
        try ledger.close()
        try reader.close()
        #expect(try folder.names() == ["ledger.sqlite"])
    }

    @Test func folderInThePlaceOfTheFileCannotBeRead() throws {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        #expect(code { try SQLiteLedger(reading: folder.path) } == "notReadable")
    }

    @Test func fullDiskHasItsOwnCode() async throws {
        let ledger = try folder.open()
        try await ledger.queue.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let long = String(repeating: "x", count: 100_000)
        await #expect(
            performing: { try await ledger.claim([Sample.claim(long)]) },
            throws: { error in
                (error as? LedgerError)?.code == "full" && !String(describing: error).contains(long)
            }
        )
        #expect(try await ledger.events(matching: LedgerQuery()).isEmpty)
    }

    @Test func anotherProcessWritingIsBusy() async throws {
        let ledger = try SQLiteLedger(path: folder.path, now: LedgerFolder.now, patience: 0.02)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        await #expect(
            performing: { try await ledger.claim([Sample.claim()]) },
            throws: { error in
                (error as? LedgerError)?.code == "busy"
            }
        )
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try await ledger.claim([Sample.claim()]) == [.granted(attempt: 1)])
    }

    @Test func manyMayOpenANewFileAtOnce() async throws {
        let folder = folder
        let answers = try await withThrowingTaskGroup(of: ClaimAnswer?.self) { group in
            for number in 0..<12 {
                group.addTask { try await folder.open().claim([Sample.claim(by: "task \(number)")]).first }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .granted(attempt: 1) } == 1)
        #expect(answers.count { $0 == .held(until: Sample.claim().leaseEnd) } == 11)
    }

    @Test func brokenFileIsSetAsideOnceHoweverManyFindIt() async throws {
        try folder.open().close()
        try Data(repeating: 0x41, count: 9000).write(to: URL(filePath: folder.path))
        let folder = folder
        let ledgers = try await withThrowingTaskGroup(of: SQLiteLedger.self) { group in
            for _ in 0..<8 { group.addTask { try folder.open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (number, ledger) in ledgers.enumerated() { _ = try await ledger.claim([Sample.claim("e\(number)")]) }
        for ledger in ledgers { #expect(try await ledger.events(matching: LedgerQuery()).count == 8) }
        #expect(ledgers.count { !$0.warnings.isEmpty } == 1)
        #expect(try folder.names().count { $0.contains("broken") } == 1)
    }

    @Test func workEndsThoughItsTaskIsCancelled() async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim([Sample.claim()])
        let accepted = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ledger.settle([Sample.settlement()])
        }.value
        #expect(accepted == [true])
        #expect(try await ledger.records(ofEvent: "e1").map(\.state) == [.tagged])
    }
}
