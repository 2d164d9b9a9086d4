import AutoTagger
import AutoTaggerTesting
import DynamoDBLedger
import Foundation
import JSON
import Testing

/// Lost answers, throttling and refusals.
@Suite(.needsFakeDynamoDB) struct DynamoDBFaultTests {
    @Test func claimWhoseAnswerWasLostIsGranted() async throws {
        let table = try await TestTable()
        let transport = FaultyTransport(["PutItem": [.loseAnswer]])
        let ledger = table.open(through: transport, clock: ManualClock())
        #expect(try await ledger.claim([Sample.claim()]) == [.granted(attempt: 1)])
        #expect(
            try await table.open().claim([Sample.claim(by: "ben")]) == [.held(until: Sample.now.addingTimeInterval(60))]
        )
        #expect(try await ledger.settle([Sample.settlement()]) == [true])
    }

    @Test func settlementWhoseAnswerWasLostIsAcceptedAndCountsOnce() async throws {
        let table = try await TestTable()
        let transport = FaultyTransport(["BatchWriteItem": [.loseAnswer]])
        let ledger = table.open(through: transport, clock: ManualClock())
        _ = try await ledger.claim([Sample.claim()])
        let losing = FaultyTransport(["PutItem": [.loseAnswer]])
        #expect(try await table.open(through: losing, clock: ManualClock()).settle([Sample.settlement()]) == [true])
        #expect(try await ledger.settle([Sample.settlement()]) == [true])
        let record = try #require(await ledger.records(ofEvent: "e1").first)
        #expect(record.history.count == 1 && record.attempts == 1 && record.state == .tagged)
    }

    @Test(arguments: [
        FaultyTransport.Fault.refuse("ProvisionedThroughputExceededException"), .refuse("ThrottlingException"),
        .refuse("InternalServerError", status: 500),
    ])
    func whatPassesIsTriedAgain(fault: FaultyTransport.Fault) async throws {
        let table = try await TestTable()
        let operations = ["PutItem", "BatchGetItem", "BatchWriteItem", "Query"]
        let faults = Dictionary(uniqueKeysWithValues: operations.map { ($0, [fault]) })
        let ledger = table.open(through: FaultyTransport(faults), clock: ManualClock())
        #expect(try await ledger.claim([Sample.claim()]) == [.granted(attempt: 1)])
        #expect(try await ledger.settle([Sample.settlement()]) == [true])
        #expect(try await ledger.claim([Sample.claim(by: "ben")]) == [.done(.tagged, reason: nil)])
        #expect(try await ledger.makers(ofResource: "i-1").count == 1)
    }

    @Test func whatWasLeftUndoneIsAskedForAgain() async throws {
        let table = try await TestTable()
        let undone = FaultyTransport.Fault.answer { request in
            let tree = try? JSONValue(parsing: request)
            let items = tree?["RequestItems"] ?? [:]
            return Data(
                JSONValue.object(["UnprocessedItems": items, "UnprocessedKeys": items, "Responses": [:]]).compactBytes
            )
        }
        let faults = ["BatchWriteItem": [undone, undone], "BatchGetItem": [undone]]
        let ledger = table.open(through: FaultyTransport(faults), clock: ManualClock())
        _ = try await ledger.claim([Sample.claim()])
        #expect(try await ledger.settle([Sample.settlement()]) == [true])
        #expect(try await ledger.makers(ofResource: "i-1").count == 1)
        let stubborn = FaultyTransport(["BatchGetItem": Array(repeating: undone, count: 50)])
        let error = await #expect(throws: LedgerError.self) {
            try await table.open(through: stubborn, clock: ManualClock()).makers(ofResource: "i-1")
        }
        #expect(error?.code == "busy")
        #expect(error?.message.contains("PAY_PER_REQUEST") == true)
    }

    @Test(arguments: [
        ("AccessDeniedException", 400, "denied", "dynamodb:PutItem"),
        ("UnrecognizedClientException", 400, "denied", "docs/ledger.md"),
        ("ValidationException", 400, "notALedger", "ledger verify"),
        ("InternalServerError", 500, "unavailable", "did not answer"),
        ("ProvisionedThroughputExceededException", 400, "busy", "capacity"),
    ])
    func refusalNamesTheWayOut(code: String, status: Int, expected: String, words: String) async throws {
        let faults = ["PutItem": Array(repeating: FaultyTransport.Fault.refuse(code, status: status), count: 20)]
        let ledger = try await TestTable().open(through: FaultyTransport(faults), clock: ManualClock())
        let error = await #expect(throws: LedgerError.self) { try await ledger.claim([Sample.claim()]) }
        #expect(error?.code == expected)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func tableThatIsNotThere() async throws {
        let ledger = try await TestTable().open(named: "no-such-table")
        let error = await #expect(throws: LedgerError.self) { try await ledger.claim([Sample.claim()]) }
        #expect(error?.code == "missing")
        #expect(error?.message.contains("no-such-table in eu-central-1") == true)
        #expect(error?.message.contains("config/deploy") == true)
    }
}
