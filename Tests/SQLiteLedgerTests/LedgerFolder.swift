import AutoTagger
import Foundation
import SQLiteLedger

/// A folder for one test's ledger, gone with the test.
final class LedgerFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The ledger's file, in a folder that is not there yet.
    var path: String { url.appending(path: "state/ledger.sqlite").path }

    static let now = Date(timeIntervalSince1970: 1_700_000_000)

    func open(_ fileSystem: FileSystemProbe = FileSystemProbe { _ in false }) throws -> SQLiteLedger {
        try SQLiteLedger(path: path, now: Self.now, fileSystem: fileSystem)
    }

    /// The names in the ledger's folder.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.appending(path: "state").path).sorted()
    }

    /// The permissions of a file in the ledger's folder, or of the folder itself.
    func mode(_ name: String = "") throws -> Int? {
        let path = url.appending(path: "state/" + name).path
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
