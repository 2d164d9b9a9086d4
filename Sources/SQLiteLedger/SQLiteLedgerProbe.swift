public import AutoTagger
import Foundation
import Glibc

/// Looks at a ledger's file and its folder, and changes neither: a broken file is not set aside, a missing one not made.
public struct SQLiteLedgerProbe: LedgerProbe {
    /// Room below which the ledger will soon be full, in bytes.
    private static let scarce: Int64 = 100 << 20
    /// What is larger is not read through: that would take many seconds.
    private static let longestRead: Int64 = 500 << 20

    private let path: String
    private let fileSystem: FileSystemProbe

    /// A probe of a path.
    public init(path: String, fileSystem: FileSystemProbe = .system) {
        self.path = path
        self.fileSystem = fileSystem
    }

    /// The file.
    public var place: String { path }

    /// See ``LedgerProbe/history()``.
    public func history() async throws(LedgerError) -> (any LedgerHistory)? {
        guard access(path, F_OK) == 0 else { return nil }
        return try SQLiteLedger(reading: path, migrates: false)
    }

    /// See ``LedgerProbe/condition()``.
    public func condition() async -> LedgerCondition {
        let exists = access(path, F_OK) == 0
        var troubles = writing(exists)
        var details: [String] = []
        if troubles.isEmpty, exists {
            let size = size
            details.append(Self.text(size))
            if size > Self.longestRead {
                details.append("not read through: 'autotagger ledger verify' does that")
            } else {
                let content = await content()
                details += content.details
                troubles += content.troubles
            }
        }
        if fileSystem.isNetworked(path) {
            troubles.append(
                .init(
                    isFatal: false, what: "is on a network file system",
                    why: "it is slower there, and only as safe as the file system's locks",
                    advice: "a local disk with --ledger, or --ledger dynamodb://TABLE for several machines"))
        }
        if let free = free, free < Self.scarce {
            troubles.append(
                .init(
                    isFatal: false, what: "only \(Self.text(free)) of its disk are free",
                    why: "a ledger that cannot be written lets events be done twice",
                    advice: "free some space, or another place with --ledger"))
        }
        return LedgerCondition(exists: exists, details: details, troubles: troubles)
    }

    /// Whether it could be written. As root every place passes that check, so a file where a folder belongs counts, too.
    private func writing(_ exists: Bool) -> [LedgerCondition.Trouble] {
        let blocking = exists ? (access(path, R_OK | W_OK) == 0 ? nil : path) : unwritableFolder
        guard let blocking else { return [] }
        return [
            .init(
                isFatal: true, what: "\(blocking == path ? "it" : blocking) cannot be written",
                why: "this user has no right to, or it is no folder; events are then tagged without a memory",
                advice: "another place with --ledger or AUTOTAGGER_LEDGER, or rights for this user")
        ]
    }

    /// The nearest folder that is there, when the missing ones could not be made in it.
    private var unwritableFolder: String? {
        let folder = nearestFolder
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        return isThere && isFolder.boolValue && access(folder, W_OK | X_OK) == 0 ? nil : folder
    }

    /// The nearest folder over the file that is there, or what is in its place.
    private var nearestFolder: String {
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        while access(folder.path, F_OK) != 0, folder.path != "/" { folder.deleteLastPathComponent() }
        return folder.path
    }

    /// How the file is inside. An older layout is not read through: to ask it would take bringing it up to date.
    private func content() async -> LedgerCondition {
        let why = "what is not remembered is done again"
        do throws(LedgerError) {
            guard let finding = try await SQLiteLedger(reading: path, migrates: false).verify().first else {
                return LedgerCondition(exists: true, details: ["sound"])
            }
            let trouble = LedgerCondition.Trouble(
                isFatal: true, what: "it is not sound: \(finding)", why: why,
                advice: "autotagger ledger verify lists it all; the next start sets a broken file aside")
            return LedgerCondition(exists: true, troubles: [trouble])
        } catch {
            guard error.code != "tooOld" else {
                return LedgerCondition(
                    exists: true, details: ["of an older layout; the next start brings it up to date"])
            }
            let trouble = LedgerCondition.Trouble(
                isFatal: true, what: error.message, why: "it could not be opened (\(error.code)); \(why)",
                advice: error.code == "corrupt" ? "the next start of a verb that writes sets it aside" : "see --ledger")
            return LedgerCondition(exists: true, troubles: [trouble])
        }
    }

    private var size: Int64 {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// What is free on the disk that the file is or would be on.
    private var free: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: nearestFolder)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    private static func text(_ bytes: Int64) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KiB" : "\(bytes >> 20) MiB"
    }
}
