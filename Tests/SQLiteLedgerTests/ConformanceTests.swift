import AutoTaggerTesting
import SQLiteLedger
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: LedgerConformance.cases)
    func sqlite(_ rule: LedgerConformance.Case) async throws {
        let folder = try LedgerFolder()
        try await rule.check { try folder.open() }
    }

    @Test("without a write-ahead log", arguments: LedgerConformance.cases)
    func rollbackJournal(_ rule: LedgerConformance.Case) async throws {
        let folder = try LedgerFolder()
        try await rule.check { try folder.open(FileSystemProbe { _ in true }) }
    }

    @Test(arguments: LedgerConformance.cases)
    func inMemory(_ rule: LedgerConformance.Case) async throws {
        let ledger = InMemoryLedger()
        try await rule.check { ledger }
    }
}
