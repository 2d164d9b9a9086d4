public import AutoTagger
public import Foundation
import GRDB

/// The ledger of one machine: a SQLite file that several processes may share.
///
/// One connection and no reader pool: the Lambda handles one message batch at a time, and the pool's connections would
/// cost its cold start more than they give. Every group of events is one immediate transaction, since the disk is waited
/// for once a transaction; in a write-ahead log with `synchronous=NORMAL` a power loss may take the last ones back, and
/// repeating them is harmless by the rules of ``Ledger``.
public final class SQLiteLedger: Ledger {
    /// Where the file is.
    public let path: String
    /// What the person who runs this should know about the file: it was broken, or it lies on a network.
    public let warnings: [String]
    let queue: DatabaseQueue

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
        var warnings: [String] = []
        let isNetworked = fileSystem.isNetworked(path)
        if isNetworked {
            warnings.append(
                "the ledger \(path) is on a network file system: it is written with a rollback journal, slower, and "
                    + "only as safe as the file system's locks; use a local disk"
            )
        }
        let identity = file.identity
        do {
            queue = try Self.open(path, writeAheadLog: !isNetworked, patience: patience)
        } catch  where error.code == "corrupt" {
            if let aside = try file.setAside(broken: identity, at: now) {
                warnings.append("the ledger \(path) was broken; it is kept as \(aside) and a new one was begun")
            }
            try file.prepare()
            queue = try Self.open(path, writeAheadLog: !isNetworked, patience: patience)
        }
        self.path = path
        self.warnings = warnings
    }

    /// Opens an existing ledger for questions only; neither it nor its layout is changed.
    /// - Throws: ``LedgerError`` with code `missing`, `corrupt`, `tooNew` or `notALedger`.
    public init(reading path: String, patience: TimeInterval = 5) throws(LedgerError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let header = try queue.read { db in try LedgerHeader(of: db) }
            guard try header.isCurrent(path: path) else { throw LedgerError.notALedger(path: path) }
        } catch {
            throw LedgerError(error, path: path)
        }
        self.path = path
        warnings = []
    }

    /// Closes the file once running work is done. A ledger that is let go closes by itself.
    public func close() throws(LedgerError) {
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
        configuration.prepareDatabase { db in
            if writeAheadLog {
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            } else {
                try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
            }
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try migrate(queue, path: path)
            return queue
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    private static func migrate(_ queue: DatabaseQueue, path: String) throws {
        let isCurrent = { try queue.read { db in try LedgerHeader(of: db).isCurrent(path: path) } }
        if try isCurrent() { return }
        do {
            try LedgerSchema.migrator.migrate(queue)
        } catch {
            // Another process may have laid the tables between the look and the migration.
            guard try isCurrent() else { throw error }
        }
    }
}

extension SQLiteLedger {
    /// Runs work in one transaction, off the caller's thread, whether or not the caller's task is cancelled meanwhile.
    ///
    /// What has been tagged must still be written down when the process is told to stop; GRDB's own `async` methods
    /// would roll back then.
    func transaction<Value: Sendable>(
        _ kind: Database.TransactionKind,
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        let path = path
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                do {
                    var value: Value?
                    try db.inTransaction(kind) {
                        value = try work(db)
                        return .commit
                    }
                    guard let value else { throw LedgerError(code: "unavailable", message: "no answer from \(path)") }
                    continuation.resume(returning: .success(value))
                } catch {
                    continuation.resume(returning: .failure(LedgerError(error, path: path)))
                }
            }
        }
        return try result.get()
    }
}
