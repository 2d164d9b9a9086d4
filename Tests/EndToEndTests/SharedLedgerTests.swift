import DynamoDBLedger
import Foundation
import JSON
import Testing

/// Several processes, as on several machines, over one table.
@Suite("A table as the ledger", .needsFakeAWS, .timeLimit(.minutes(5)))
struct SharedLedgerTests {
    /// The same place with a new table for its ledger.
    private func shared(_ place: Workspace) async throws -> Workspace {
        let table = "ledger-\(UUID().uuidString)"
        _ = try await place.witness.call("dynamodb", "create_table", TableDefinition.input(name: table))
        return place.with(["AUTOTAGGER_LEDGER": "dynamodb://\(table)"])
    }

    @Test("has two processes that get the same events, some of them twice, do each once")
    func twoProcesses() async throws {
        try await Workspace.with { place in
            let place = try await shared(place)
            var made: [Witnessed] = []
            for _ in 0..<6 {
                made.append(
                    try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1]))
            }
            let events = made.map(\.event)
            let lines = { (events: [JSONValue]) in events.map { $0.compactText + "\n" }.joined() }
            let files = [
                try place.write(lines(events + events.prefix(3)), to: "one.ndjson"),
                try place.write(lines(events.reversed() + events.suffix(2)), to: "other.ndjson"),
            ]
            let runs = try files.map { try place.start(["process", $0, "--format", "ndjson"]) }
            var outcomes: [String] = []
            for run in runs { outcomes += try await run.finished().outcomes }
            #expect(outcomes.count == 17, "\(outcomes)")
            #expect(outcomes.count { $0 == "tagged" } == 6, "\(outcomes)")
            #expect(Set(outcomes).isSubset(of: ["tagged", "duplicate", "deferred"]), "\(outcomes)")
            #expect(try await place.calls().count { $0 == "CreateTags" } <= 6)
            for one in made {
                #expect(try await place.witness.tags(of: one.text("VolumeId"))["Creator"] == "alice")
            }
            let again = try await place.autotagger("process", files[0], "--format", "ndjson")
            #expect(again.status == 0 && again.outcomes.allSatisfy { $0 == "duplicate" }, "\(again.account)")
            let who = try await place.autotagger("ledger", "who", try made[0].text("VolumeId"))
            #expect(who.status == 0 && who.output.contains("alice"), "\(who.account)")
        }
    }

    @Test("is what a Lambda function with a file is told to take, once, when it starts", arguments: [true, false])
    func lambda(hasTable: Bool) async throws {
        try await Workspace.with { place in
            let place = hasTable ? try await shared(place) : place
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let runtime = try await place.witness.ask("runtime", ["events": [made.event, made.event]])
            let function = try place.startLambda(runtimeAPI: runtime["address"]?.string ?? "")
            _ = try await place.witness.ask("answers", ["runtime": runtime["runtime"] ?? .null, "count": 2])
            kill(function.processID, SIGKILL)
            let ended = try await function.finished()
            let warnings = ended.errors.components(separatedBy: "belongs to this execution environment alone").count - 1
            #expect(warnings == (hasTable ? 0 : 1), "\(ended.account)")
            #expect(hasTable || ended.errors.contains("AUTOTAGGER_LEDGER=dynamodb://TABLE"), "\(ended.account)")
            #expect(try await place.calls().count { $0 == "CreateTags" } == 1)
        }
    }

    @Test("that is not there is named, with the way out; the events are tagged all the same")
    func missing() async throws {
        try await Workspace.with { place in
            let place = place.with(["AUTOTAGGER_LEDGER": "dynamodb://no-such-table"])
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let run = try await place.process(made.event)
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            #expect(run.errors.contains("there is no table no-such-table in us-east-1"), "\(run.account)")
            #expect(run.errors.contains("docs/ledger.md"), "\(run.account)")
            let list = try await place.autotagger("ledger", "list")
            #expect(list.status == 78 && list.errors.contains("no-such-table"), "\(list.account)")
        }
    }
}
