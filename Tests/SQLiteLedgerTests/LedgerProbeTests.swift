import AutoTagger
import Foundation
import SQLiteLedger
import Testing

/// Looking at a ledger's place tells how it is and changes nothing there.
@Suite struct LedgerProbeTests {
    @Test func aMissingLedgerIsNotMade() async throws {
        let folder = try LedgerFolder()
        let probe = SQLiteLedgerProbe(path: folder.path)
        let condition = await probe.condition()
        #expect(!condition.exists && condition.troubles.isEmpty)
        #expect(try await probe.history() == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test func aSoundOneIsSaidToBe() async throws {
        let folder = try LedgerFolder()
        try folder.open().close()
        let condition = await SQLiteLedgerProbe(path: folder.path).condition()
        #expect(condition.exists && condition.troubles.isEmpty)
        #expect(condition.details.contains("sound"))
    }

    @Test func aBrokenOneIsNotSetAside() async throws {
        let folder = try LedgerFolder()
        let path = folder.url.appending(path: "ledger.sqlite").path
        let text = Data(repeating: 65, count: 9000)
        try text.write(to: URL(fileURLWithPath: path))
        let condition = await SQLiteLedgerProbe(path: path).condition()
        #expect(condition.troubles.map(\.isFatal) == [true])
        #expect(FileManager.default.contents(atPath: path) == text)
    }

    @Test func aNetworkFileSystemIsAWarning() async throws {
        let folder = try LedgerFolder()
        let probe = SQLiteLedgerProbe(path: folder.path, fileSystem: FileSystemProbe { _ in true })
        let condition = await probe.condition()
        #expect(condition.troubles.map(\.isFatal) == [false])
        #expect(condition.troubles.first?.what.contains("network") == true)
    }
}
