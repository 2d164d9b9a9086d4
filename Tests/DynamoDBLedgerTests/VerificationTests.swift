import AutoTagger
import DynamoDBLedger
import Foundation
import JSON
import Testing

/// A table that was made or changed by other hands.
@Suite(.needsFakeDynamoDB) struct DynamoDBVerificationTests {
    @Test func tableOfAnotherLayoutIsTold() async throws {
        let table = try await TestTable { definition in
            definition["GlobalSecondaryIndexes"] = .array(
                (definition["GlobalSecondaryIndexes"]?.array ?? []).filter { $0["IndexName"] == "by_time" }
            )
            definition["AttributeDefinitions"] = .array(
                (definition["AttributeDefinitions"]?.array ?? []).filter { $0["AttributeName"] != "open" }
            )
        }
        #expect(
            try await table.open().verify()
                == ["the index open_by_time is missing; create it with the keys open and at"]
        )
    }

    @Test func tableThatNeverForgetsIsTold() async throws {
        let table = try await TestTable()
        try await table.call(
            "UpdateTimeToLive",
            [
                "TableName": .string(table.name),
                "TimeToLiveSpecification": ["Enabled": false, "AttributeName": "expires"],
            ]
        )
        #expect(try await table.open().verify().contains { $0.contains("never forgets") })
    }

    @Test(
        arguments: [
            ("state", nil, "item event#e1, 111122223333: cannot be read"),
            ("state", ["S": "nonsense"], "item event#e1, 111122223333: cannot be read"),
            ("resources", ["S": "["], "item event#e1, 111122223333: cannot be read"),
            ("identity", ["S": "{}"], "event e1: holds an identity or error that cannot be read"),
            ("leaseEnd", ["N": "5"], "event e1: has a lease though nobody works on it"),
            ("failures", ["N": "5"], "event e1: counts more failures than attempts"),
            ("attempts", ["N": "0"], "event e1: has an attempt beyond those it counts"),
        ] as [(String, JSONValue?, String)]
    )
    func itemThatWasChangedIsTold(attribute: String, value: JSONValue?, finding: String) async throws {
        let table = try await TestTable()
        let ledger = table.open()
        _ = try await ledger.claim([Sample.claim()])
        _ = try await ledger.settle([Sample.settlement()])
        var item = try #require(await table.items().first { $0["version"] != nil })
        item[attribute] = value
        try await table.call("PutItem", ["TableName": .string(table.name), "Item": .object(item)])
        #expect(try await ledger.verify() == [finding])
    }

    /// What a refused settlement left behind leads nowhere and is not believed.
    @Test func hintWithoutAnEventIsHarmless() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        _ = try await ledger.claim([Sample.claim()])
        _ = try await ledger.settle([Sample.settlement()])
        let event = try #require(await table.items().first { $0["version"] != nil })
        try await table.call(
            "DeleteItem",
            ["TableName": .string(table.name), "Key": .object(event.filter { ["pk", "sk"].contains($0.key) })]
        )
        #expect(try await ledger.makers(ofResource: "i-1") == [])
        #expect(try await ledger.latestCreations(of: [Sample.instance().arn]) == [:])
        #expect(try await ledger.verify() == [])
    }

    /// Of a large event the parts may be forgotten before its own item is.
    @Test func partThatIsGoneIsToldAndTakesNothingElseWithIt() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        let resources = Sample.launch(of: 250)
        let other = Sample.settlement("e2", resources: [Sample.instance("i-other")])
        _ = try await ledger.claim([Sample.claim(), Sample.claim("e2")])
        #expect(try await ledger.settle([Sample.settlement(resources: resources), other]) == [true, true])
        let items = try await table.items()
        let event = try #require(items.first { $0["partCount"] != nil })
        let parts = items.filter { $0["pk"] == event["pk"] && $0["version"] == nil }
        let expires = { (item: [String: JSONValue]) in item["expires"]?["N"]?.integer ?? 0 }
        #expect(parts.count > 1 && parts.allSatisfy { expires($0) >= expires(event) + 14 * 86_400 })

        let first = try #require(parts.first { $0["sk"]?["S"]?.string?.hasSuffix("#0") == true })
        try await table.call(
            "DeleteItem",
            ["TableName": .string(table.name), "Key": .object(first.filter { ["pk", "sk"].contains($0.key) })]
        )
        let reader = table.open()
        let events = try await reader.events(matching: LedgerQuery())
        #expect(events.count == 2)
        let left = try #require(events.first { $0.report.eventID == "e1" }).report.resources
        #expect(!left.isEmpty && left.count < resources.count && left.last == resources.last)
        let again = [Sample.claim(by: "ben"), Sample.claim("e2", by: "ben"), Sample.claim("e3", by: "ben")]
        let done = ClaimAnswer.done(.tagged, reason: nil)
        #expect(try await reader.claim(again) == [done, done, .granted(attempt: 1)])
        let arns = ["i-0", "i-249", "i-other"].map { Sample.instance($0).arn }
        #expect(Set(try await reader.latestCreations(of: arns).keys) == Set(arns.dropFirst()))
        #expect(try await reader.verify() == ["event e1: lacks 1 of the \(parts.count) parts of its resources"])

        var second = try #require(parts.first { $0["sk"]?["S"]?.string?.hasSuffix("#1") == true })
        second["resources"] = ["S": "["]
        try await table.call("PutItem", ["TableName": .string(table.name), "Item": .object(second)])
        let error = await #expect(throws: LedgerError.self) { try await reader.events(matching: LedgerQuery()) }
        #expect(error?.code == "corrupt")
    }
}
