import AutoTagger
import AutoTaggerTesting
import DynamoDBLedger
import Testing

/// What the doctor is told of a table.
@Suite(.needsFakeDynamoDB) struct DynamoDBLedgerProbeTests {
    @Test func aSoundTableHasNoTrouble() async throws {
        let condition = await (try await TestTable()).probe(through: TestTable.transport, clock: ManualClock())
            .condition()
        #expect(condition.exists && condition.troubles.isEmpty)
    }

    /// Only what is known of the table keeps the ledger from its work; an answer that did not come tells nothing.
    @Test(arguments: [
        ("ResourceNotFoundException", 400, true, "docs/ledger.md"),
        ("ValidationException", 400, true, "docs/ledger.md"),
        ("AccessDeniedException", 400, false, "doctor --permissions"),
        ("ThrottlingException", 400, false, "doctor again"), ("InternalServerError", 500, false, "doctor again"),
        ("ExpiredTokenException", 400, false, "doctor again"),
    ])
    func whatKeepsItFromBeingLookedAt(code: String, status: Int, isFatal: Bool, advice: String) async throws {
        let refusals = Array(repeating: FaultyTransport.Fault.refuse(code, status: status), count: 50)
        let probe = try await TestTable().probe(
            through: FaultyTransport(["DescribeTable": refusals]), clock: ManualClock())
        let condition = await probe.condition()
        #expect(condition.exists == (code != "ResourceNotFoundException"))
        let trouble = try #require(condition.troubles.first)
        #expect(trouble.isFatal == isFatal && trouble.advice.contains(advice), "\(trouble)")
    }
}
