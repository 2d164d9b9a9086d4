import AutoTagger
import Foundation
import Glibc

/// The ledger as a file: made private, and set aside when it is broken.
struct LedgerFile {
    let path: String

    /// Makes the file if it is not there, readable by its owner only, and its folder too.
    ///
    /// SQLite would make it with the process's mask, and a ledger names people; `-wal` and `-shm` take the mode from it.
    func prepare() throws(LedgerError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .notWritable(path: path, detail: "its folder cannot be made")
        }
        // Only a file that was not there is ever opened here: to close any descriptor of a database that this process has
        // open elsewhere would drop the locks that SQLite holds on it.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST || access(path, R_OK | W_OK) != 0 {
            throw .notWritable(path: path, detail: Self.text(of: errno))
        } else {
            // A file made by hand or copied may be open to others. Not being its owner is no reason to fail.
            _ = chmod(path, 0o600)
        }
    }

    /// Beside the file, says that it was found broken while in use, where it could not be set aside.
    private var marker: String { path + ".is-broken" }

    /// Whether a process found the file broken while it was using it.
    var isMarkedBroken: Bool { access(marker, F_OK) == 0 }

    /// Leaves word for the next opening: a file with a sound header opens without complaint, however broken it is inside.
    func markBroken() {
        let descriptor = Glibc.open(marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Runs the opening of the file while no other process opens it.
    ///
    /// Two processes may find a file missing, laid out by an older version, or broken; the second one must not set aside
    /// what the first one has just begun anew. SQLite's own locks do not help: they come with the file, and the switch to
    /// a write-ahead log does not wait for them. Where the folder cannot be locked, as on some network file systems, the
    /// opening goes on without.
    func whileAloneOpening<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
        let folder = Glibc.open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        if folder >= 0 { _ = flock(folder, LOCK_EX) }
        return try work()
    }

    /// Renames the broken file and its companions, so that they can be looked into; never deletes them.
    /// - Returns: the new name.
    func setAside(at now: Date) throws(LedgerError) -> String {
        let time = now.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
        var target = "\(path).broken-\(time)"
        var count = 1
        while access(target, F_OK) == 0 {
            count += 1
            target = "\(path).broken-\(time)-\(count)"
        }
        unlink(marker)
        // The companions first: once the new file is there, an old log beside it would be taken for its own.
        for suffix in ["-wal", "-shm", "-journal", ""] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, target + suffix) == 0 else {
                throw .notWritable(path: path, detail: Self.text(of: errno))
            }
        }
        return target
    }

    private static func text(of code: Int32) -> String {
        POSIXErrorCode(rawValue: code).map { POSIXError($0).localizedDescription } ?? "error \(code)"
    }
}
