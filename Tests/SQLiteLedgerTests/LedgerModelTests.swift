import AutoTaggerTesting
import SQLiteLedger
import Testing

/// Thousands of random operations, on a file and on a model in memory: both must answer alike.
@Suite struct LedgerModelTests {
    @Test(arguments: [1, 20_231_114, 0xDEAD_BEEF] as [UInt64])
    func fileAnswersAsTheModelDoes(seed: UInt64) async throws {
        let folder = try LedgerFolder()
        try await LedgerConformance.compareWithModel(seed: seed, steps: 3000) { try folder.open() }
    }
}
