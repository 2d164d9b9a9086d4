import AutoTagger
import AutoTaggerTesting
import DynamoDBLedger
import Foundation
import JSON
import Testing

/// What the ledger asks of DynamoDB: calls and bytes are what it costs.
@Suite(.needsFakeDynamoDB) struct CallTests {
    private let group = (0..<10).map { "e\($0)" }

    @Test func newEventTakesTwoWritesAndNoRead() async throws {
        let transport = FaultyTransport()
        let ledger = try await TestTable().open(through: transport)
        _ = try await ledger.claim(group.map { Sample.claim($0) })
        #expect(transport.takeCalls() == ["PutItem": 10])
        _ = try await ledger.settle(group.map { Sample.settlement($0, resources: [Sample.instance("i-\($0)")]) })
        #expect(transport.takeCalls() == ["PutItem": 10, "BatchWriteItem": 1])
        _ = try await ledger.latestCreations(of: [Sample.instance("i-new").arn])
        #expect(transport.takeCalls() == ["Query": 1])
    }

    /// A name that is used again and again, such as a bucket's: its newest maker is found without reading all others.
    @Test func latestCreationIsFoundFromItsEnd() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        let events = (10..<35).map { "e\($0)" }
        _ = try await ledger.claim(events.map { Sample.claim($0) })
        _ = try await ledger.settle(events.map { Sample.settlement($0) })
        let arn = Sample.instance().arn
        let transport = FaultyTransport()
        let reader = table.open(through: transport)
        let newest = try #require(try await reader.latestCreations(of: [arn])[arn]).key.eventID
        #expect(transport.takeCalls() == ["Query": 1, "BatchGetItem": 1])

        // Hints that lead nowhere are passed over, page by page.
        let items = try await table.items().filter { $0["version"] != nil }
            .sorted { ($0["at"]?["S"]?.string ?? "") > ($1["at"]?["S"]?.string ?? "") }
        #expect(items.first?["event"]?["S"]?.string == newest)
        for item in items.prefix(12) {
            let key = JSONValue.object(item.filter { ["pk", "sk"].contains($0.key) })
            try await table.call("DeleteItem", ["TableName": .string(table.name), "Key": key])
        }
        let next = try #require(try await reader.latestCreations(of: [arn, "arn:aws:s3:::new"])[arn])
        #expect(next.key.eventID == items[12]["event"]?["S"]?.string)
        #expect(transport.takeCalls() == ["Query": 3, "BatchGetItem": 13])
        for item in items.dropFirst(12) {
            let key = JSONValue.object(item.filter { ["pk", "sk"].contains($0.key) })
            try await table.call("DeleteItem", ["TableName": .string(table.name), "Key": key])
        }
        #expect(try await reader.latestCreations(of: [arn]) == [:])
    }

    @Test func redeliveredGroupTakesOneRead() async throws {
        let table = try await TestTable()
        let first = table.open()
        _ = try await first.claim(group.map { Sample.claim($0) })
        _ = try await first.settle(group.map { Sample.settlement($0) })
        let transport = FaultyTransport()
        let answers = try await table.open(through: transport).claim(group.map { Sample.claim($0, by: "ben") })
        #expect(answers == Array(repeating: .done(.tagged, reason: nil), count: 10))
        #expect(transport.takeCalls() == ["PutItem": 10, "BatchGetItem": 1])
    }

    @Test func usualItemsFitIntoOneOrTwoWriteUnits() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        let event = "3038ebd2-c98a-4c65-9b6e-e22506292313"
        let fingerprint =
            "2023-08-03T04:36:27Z|ec2.amazonaws.com|RunInstances|eu-central-1|111122223333|arn:aws:iam::111122223333:user/zoe"
        _ = try await ledger.claim([Sample.claim(event, by: UUID().uuidString, fingerprint: fingerprint)])
        #expect(try await table.items().map(Self.size).allSatisfy { $0 <= 1024 })
        let owner = try #require(await ledger.records(ofEvent: event).first?.lease?.owner)
        _ = try await ledger.settle([Sample.settlement(event, by: owner)])
        let sizes = try await table.items().map(Self.size).sorted()
        #expect(sizes.count == 2 && sizes[0] <= 1024 && sizes[1] <= 2048, "\(sizes)")
    }

    /// By DynamoDB's rule: the bytes of names and values.
    private static func size(_ item: [String: JSONValue]) -> Int {
        item.reduce(0) { sum, attribute in
            let text = attribute.value["S"]?.string
            let digits = attribute.value["N"]?.string.map { $0.count / 2 + 2 }
            return sum + attribute.key.utf8.count + (text?.utf8.count ?? digits ?? 0)
        }
    }

    @Test func everyItemIsForgottenInTheEnd() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        _ = try await ledger.claim([Sample.claim()])
        _ = try await ledger.settle([Sample.settlement()])
        let expected = String(Int64(Sample.now.timeIntervalSince1970 + 1 + TestTable.retention))
        #expect(try await table.items().map { $0["expires"]?["N"]?.string } == [expected, expected])
    }

    /// A launch of a thousand instances tells of more than an item holds.
    @Test func launchThatAnItemDoesNotHoldIsKeptWhole() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        let resources = Sample.launch(of: 300)
        _ = try await ledger.claim([Sample.claim()])
        #expect(try await ledger.settle([Sample.settlement(resources: resources)]) == [true])
        let items = try await table.items()
        #expect(items.map(Self.size).max() ?? 0 < 400_000)
        #expect(items.contains { $0["partCount"] != nil })
        let other = table.open()
        #expect(try await other.records(ofEvent: "e1").first?.report.resources == resources)
        #expect(try await other.makers(ofResource: "i-299").count == 1)
        #expect(try await other.events(matching: LedgerQuery()).count == 1)
        #expect(try await other.verify() == [])
        #expect(try await other.prune(before: Sample.now.addingTimeInterval(100), isDryRun: false) == 1)
        #expect(try await table.items().isEmpty)
    }

    @Test func whatNoServiceEverWritesStillFits() async throws {
        let table = try await TestTable()
        let ledger = table.open()
        let long = String(repeating: "ü", count: 100_000)
        let request = ClaimRequest(
            key: EventKey(accountID: long, eventID: long),
            fingerprint: long,
            header: EventHeader(eventSource: long, eventName: long, region: long, eventTime: nil),
            owner: "anna",
            leaseEnd: Sample.now.addingTimeInterval(60),
            now: Sample.now
        )
        #expect(try await ledger.claim([request]) == [.granted(attempt: 1)])
        #expect(try await table.open().claim([request]) == [.granted(attempt: 1)])
    }
}
