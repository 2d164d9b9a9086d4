import AutoTaggerTesting
import DynamoDBLedger
import Testing

@Suite(.needsFakeDynamoDB) struct DynamoDBConformanceTests {
    @Test(arguments: LedgerConformance.cases)
    func dynamoDB(_ rule: LedgerConformance.Case) async throws {
        let table = try await TestTable()
        try await rule.check { table.open() }
    }

    @Test(arguments: [20_231_114] as [UInt64])
    func tableAnswersAsTheModelDoes(seed: UInt64) async throws {
        let table = try await TestTable()
        try await LedgerConformance.compareWithModel(seed: seed, steps: 400, pause: 1) { table.open() }
    }
}
