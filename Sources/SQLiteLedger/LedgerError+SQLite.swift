import AutoTagger
import GRDB

extension LedgerError {
    /// What SQLite said, in words that name the file and the way out.
    ///
    /// SQLite's own text goes in, the statement's values never do: GRDB keeps them out of its messages.
    init(_ error: any Error, path: String) {
        if let known = error as? LedgerError {
            self = known
            return
        }
        if let stored = error as? ColumnError {
            self.init(
                code: "corrupt",
                message: "the ledger \(path) holds something unreadable: \(stored); run 'autotagger ledger verify'"
            )
            return
        }
        guard let sqlite = error as? DatabaseError else {
            self.init(code: "unavailable", message: "the ledger \(path) did not answer: \(error)")
            return
        }
        let detail = sqlite.message ?? "SQLite error \(sqlite.extendedResultCode.rawValue)"
        switch sqlite.resultCode {
        case .SQLITE_FULL:
            self.init(
                code: "full",
                message: "no room to write the ledger \(path) (\(detail)): free some disk space or move the ledger "
                    + "with --ledger or AUTOTAGGER_LEDGER"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                code: "busy",
                message: "the ledger \(path) is being written by another process (\(detail)): try again shortly"
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                code: "corrupt",
                message: "the ledger \(path) is broken (\(detail)): the next start sets it aside and begins a new one; "
                    + "what was tagged stays tagged"
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .notWritable(path: path, detail: detail)
        default:
            self.init(code: "unavailable", message: "the ledger \(path) did not answer: \(detail)")
        }
    }

    /// Whether SQLite found the file itself broken.
    static func isCorruption(_ error: any Error) -> Bool {
        guard let code = (error as? DatabaseError)?.resultCode else { return false }
        return code == .SQLITE_CORRUPT || code == .SQLITE_NOTADB
    }

    static func notWritable(path: String, detail: String) -> LedgerError {
        LedgerError(
            code: "notWritable",
            message: "cannot write the ledger \(path) (\(detail)): make the file and its folder writable for this "
                + "user, or name another place with --ledger or AUTOTAGGER_LEDGER"
        )
    }

    static func notReadable(path: String) -> LedgerError {
        LedgerError(
            code: "notReadable",
            message:
                "cannot read the ledger \(path): it is its owner's only, so ask as that user, or name another file "
                + "with --ledger or AUTOTAGGER_LEDGER"
        )
    }

    static func missing(path: String) -> LedgerError {
        LedgerError(
            code: "missing",
            message: "there is no ledger at \(path): name it with --ledger or AUTOTAGGER_LEDGER, "
                + "or process some events first"
        )
    }

    static func tooNew(path: String, version: Int) -> LedgerError {
        LedgerError(
            code: "tooNew",
            message: "the ledger \(path) was written by a newer AutoTagger (layout \(version), this one knows "
                + "\(LedgerSchema.version)): update this program or name another ledger with --ledger"
        )
    }

    static func tooOld(path: String) -> LedgerError {
        LedgerError(
            code: "tooOld",
            message: "the ledger \(path) is of an older layout; the next start brings it up to date"
        )
    }

    static func notALedger(path: String) -> LedgerError {
        LedgerError(
            code: "notALedger",
            message: "\(path) is a SQLite database but no ledger of AutoTagger, so nothing was written to it: "
                + "name another file with --ledger or AUTOTAGGER_LEDGER"
        )
    }
}
