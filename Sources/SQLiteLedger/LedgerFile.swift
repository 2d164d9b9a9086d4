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
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notWritable(path: path, detail: Self.text(of: errno)) }
        defer { close(descriptor) }
        // A ledger made by hand or copied may be open to others. Not being its owner is no reason to fail.
        _ = fchmod(descriptor, 0o600)
    }

    /// Which file lies under the path now.
    var identity: UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// Renames the broken file and its companions, so that they can be looked into; never deletes them.
    ///
    /// Two processes may find the same file broken: the second one must not set aside what the first one has just made
    /// anew. The lock on the old file and its identity see to that.
    /// - Returns: the new name, or `nil` when somebody else has done it.
    func setAside(broken identity: UInt64?, at now: Date) throws(LedgerError) -> String? {
        let descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw .notWritable(path: path, detail: Self.text(of: errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, UInt64(status.st_ino) == identity, self.identity == identity else {
            return nil
        }
        let time = now.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
        var target = "\(path).broken-\(time)"
        var count = 1
        while access(target, F_OK) == 0 {
            count += 1
            target = "\(path).broken-\(time)-\(count)"
        }
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
