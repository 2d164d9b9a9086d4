public import AutoTagger
public import Foundation
import GRDB

/// The ledger of one machine: a SQLite file that several processes may share.
///
/// One connection and no reader pool: the Lambda handles one message batch at a time, and the pool's connections would
/// cost its cold start more than they give. Every group of events is one immediate transaction, since the disk is waited
/// for once a transaction; in a write-ahead log with `synchronous=NORMAL` a power loss may take the last ones back, and
/// repeating them is harmless by the rules of ``Ledger``.
public actor SQLiteLedger: Ledger {
    /// Where the file is.
    public nonisolated let path: String
    /// What the person who runs this should know about the file: it was broken, or it lies on a network.
    public nonisolated let warnings: [String]
    nonisolated let queue: DatabaseQueue
    private let isForQuestions: Bool
    /// The events that were granted here and are not settled yet, as they were written.
    var granted: [EventKey: StandingRow] = [:]
    /// The rows of the people who were met last.
    var identityRows: [Identity: Int64] = [:]

    /// Opens the ledger for writing and makes it where there is none, with mode 0600 in a folder of 0700.
    ///
    /// A broken file is renamed, never deleted, and a new one begun; ``warnings`` says so.
    /// - Parameters:
    ///   - path: The file; its folder is made as well.
    ///   - now: The present instant, for the name of a file set aside.
    ///   - fileSystem: Tells whether a write-ahead log is safe there.
    ///   - patience: How many seconds to wait for another process's write.
    /// - Throws: ``LedgerError`` with code `notWritable`, `tooNew`, `notALedger`, `full` or `busy`.
    public init(
        path: String,
        now: Date,
        fileSystem: FileSystemProbe = .system,
        patience: TimeInterval = 5
    ) throws(LedgerError) {
        let file = LedgerFile(path: path)
        try file.prepare()
        let isNetworked = fileSystem.isNetworked(path)
        let open = { () throws(LedgerError) in
            try Self.open(path, writeAheadLog: !isNetworked, patience: patience)
        }
        var aside: String?
        queue = try file.whileAloneOpening { () throws(LedgerError) in
            do throws(LedgerError) {
                guard !file.isMarkedBroken else { throw LedgerError(code: "corrupt", message: "found broken in use") }
                return try open()
            } catch  where error.code == "corrupt" {
                aside = try file.setAside(at: now)
                try file.prepare()
                return try open()
            }
        }
        var warnings: [String] = []
        if isNetworked {
            warnings.append(
                "the ledger \(path) is on a network file system: it is written with a rollback journal, slower, and "
                    + "only as safe as the file system's locks; use a local disk"
            )
        }
        if let aside {
            warnings.append("the ledger \(path) was broken; it is kept as \(aside) and a new one was begun")
        }
        self.path = path
        self.warnings = warnings
        isForQuestions = false
    }

    /// Opens an existing ledger for questions only; it is not changed, but for the layout of an older version.
    ///
    /// Not with SQLite's read-only mode: that leaves an empty log behind and cannot open the file beside a writer's log
    /// in every case. `query_only` refuses writes as surely.
    /// - Parameters:
    ///   - path: The file.
    ///   - patience: How many seconds to wait for another process's write.
    ///   - migrates: Whether an older layout is brought up to date, without which it cannot be asked.
    /// - Throws: ``LedgerError`` with code `missing`, `notReadable`, `corrupt`, `tooNew` or `notALedger`, and `tooOld` where
    ///   nothing is migrated.
    public init(reading path: String, patience: TimeInterval = 5, migrates: Bool = true) throws(LedgerError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA query_only = 1") }
        let isCurrent: Bool
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let header = try queue.writeWithoutTransaction { db in try LedgerHeader(of: db) }
            isCurrent = try header.isCurrent(path: path)
            guard !header.isEmpty else { throw LedgerError.notALedger(path: path) }
        } catch {
            let error = LedgerError(error, path: path)
            throw error.code == "notWritable" ? .notReadable(path: path) : error
        }
        if !isCurrent {
            guard migrates else { throw .tooOld(path: path) }
            try LedgerFile(path: path).whileAloneOpening { () throws(LedgerError) in
                let isNetworked = FileSystemProbe.system.isNetworked(path)
                _ = try Self.open(path, writeAheadLog: !isNetworked, patience: patience)
            }
        }
        self.path = path
        warnings = []
        isForQuestions = true
    }

    /// Closes the file once running work is done. A ledger that is let go closes by itself.
    public nonisolated func close() throws(LedgerError) {
        do { try queue.close() } catch { throw LedgerError(error, path: path) }
    }

    private static func open(
        _ path: String,
        writeAheadLog: Bool,
        patience: TimeInterval
    ) throws(LedgerError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.label = "AutoTagger.ledger"
        // To lay the tables waits for the disk several times, which a cold start of a Lambda with its new file would
        // feel: a new file does without. What a power loss can then break is a ledger that holds next to nothing yet.
        let isNew = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) == 0
        let durability = "PRAGMA synchronous = \(writeAheadLog ? "NORMAL" : "FULL")"
        configuration.prepareDatabase { db in
            try db.execute(sql: isNew ? "PRAGMA synchronous = OFF" : durability)
            try db.execute(sql: "PRAGMA journal_mode = \(writeAheadLog ? "WAL" : "DELETE")")
            // Ids are random, so each group of events touches other pages of the indexes: a log of 16 MB instead of 4 lets more
            // of those writes fall together before they are copied into the file, and a cache of 8 MB instead of 2 holds them.
            if writeAheadLog { try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000") }
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let isCurrent = try queue.writeWithoutTransaction { db in try LedgerHeader(of: db).isCurrent(path: path) }
            if !isCurrent { try LedgerSchema.migrator.migrate(queue) }
            if isNew { try queue.writeWithoutTransaction { db in try db.execute(sql: durability) } }
            return queue
        } catch {
            throw LedgerError(error, path: path)
        }
    }
}

extension SQLiteLedger {
    /// Runs work in one transaction on the caller's thread; of no kind where one statement is all of it, which is a transaction by itself.
    ///
    /// A transaction takes some tens of microseconds, and to hand it to another thread and wait for the answer would cost
    /// several times that; those who come meanwhile wait for the actor, without a thread. It ends whether or not the
    /// caller's task is cancelled: what has been tagged must still be written down when the process is told to stop, and
    /// GRDB's own `async` methods would roll back then.
    func transaction<Value>(
        _ kind: Database.TransactionKind?,
        _ work: (Database) throws -> Value
    ) throws(LedgerError) -> Value {
        do {
            do {
                return try run(kind, work)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                // Another process has pruned what was remembered here; now nothing is, and everything is read.
                return try run(kind, work)
            }
        } catch {
            if !isForQuestions, LedgerError.isCorruption(error) { LedgerFile(path: path).markBroken() }
            throw LedgerError(error, path: path)
        }
    }

    private func run<Value>(_ kind: Database.TransactionKind?, _ work: (Database) throws -> Value) throws -> Value {
        try queue.writeWithoutTransaction { db in
            do {
                guard let kind else { return try work(db) }
                // GRDB's own methods would prepare these statements each time, which takes longer than to run them.
                try db.cachedStatement(sql: kind == .immediate ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED").execute()
                let value = try work(db)
                try db.cachedStatement(sql: "COMMIT").execute()
                return value
            } catch {
                // SQLite itself has rolled back after some errors; of the rest the first one is what matters.
                if db.isInsideTransaction { try? db.rollback() }
                // What was remembered of it has not come about.
                granted = [:]
                identityRows = [:]
                throw error
            }
        }
    }
}
