import Foundation
import JSON
import Testing

/// Every wrapping that a record arrives in, through the real program.
@Suite("An envelope", .needsFakeAWS, .timeLimit(.minutes(5)))
struct EnvelopeTests {
    @Test(
        "is opened: its records are tagged",
        arguments: [
            ("record.json", 1), ("array.json", 2), ("records.ndjson", 2), ("eventbridge.json", 1), ("log.json", 2),
            ("log.json.gz", 2), ("sqs.json", 2), ("sns.json", 2), ("sqs-of-sns.json", 2),
        ])
    func opened(kind: String, count: Int) async throws {
        try await Workspace.with { place in
            var made: [Witnessed] = []
            for _ in 0..<count {
                made.append(
                    try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1]))
            }
            _ = try await place.witness.ask(
                "write",
                [
                    "path": .string(place.path(kind)), "kind": .string(kind),
                    "events": .array(made.map(\.event)),
                ])
            let run = try await place.autotagger("process", place.path(kind), "--format", "ndjson")
            #expect(run.status == 0, "\(run.account)")
            #expect(run.outcomes == Array(repeating: "tagged", count: count), "\(run.account)")
            for one in made {
                #expect(try await place.witness.tags(of: one.text("VolumeId"))["Creator"] == "alice")
            }
        }
    }

    @Test("comes from standard input or from a folder as well")
    func elsewhere() async throws {
        try await Workspace.with { place in
            let first = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let piped = try await place.autotagger(
                "process", "-", "--format", "ndjson", input: first.event.compactText)
            #expect(piped.status == 0 && piped.outcomes == ["tagged"], "\(piped.account)")
            let second = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            _ = try place.write(second.event.compactText, to: "second.json")
            let folder = try await place.autotagger("process", place.folder.path, "--format", "ndjson")
            #expect(folder.status == 0 && folder.outcomes == ["tagged"], "\(folder.account)")
        }
    }
}
