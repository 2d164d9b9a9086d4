import Foundation
import JSON
import Testing

/// `autotagger-lambda` on a fake Runtime API.
@Suite("The Lambda function", .needsFakeAWS, .timeLimit(.minutes(5)))
struct LambdaTests {
    @Test("tags what EventBridge events tell of, and answers each invocation once")
    func events() async throws {
        try await Workspace.with { place in
            var made: [Witnessed] = []
            for _ in 0..<3 {
                made.append(
                    try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1]))
            }
            let answers = try await run(made.map(\.event), in: place)
            #expect(answers.map { $0["kind"]?.string } == Array(repeating: "response", count: 3), "\(answers)")
            #expect(Set(answers.compactMap { $0["request"]?.string }).count == 3, "\(answers)")
            for one in made {
                #expect(try await place.witness.tags(of: one.text("VolumeId"))["Creator"] == "alice")
            }
        }
    }

    @Test("reports a failure, so that AWS delivers the event again, and goes on with the next")
    func failure() async throws {
        try await Workspace.with { place in
            let bad = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let good = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            _ = try await place.fault("denied", containing: try bad.text("VolumeId"), times: 100)
            let answers = try await run([bad.event, good.event], in: place)
            #expect(answers.map { $0["kind"]?.string } == ["error", "response"], "\(answers)")
            #expect(answers.first?["body"]?.string?.contains("errorMessage") == true, "\(answers)")
            #expect(try await place.witness.tags(of: good.text("VolumeId"))["Creator"] == "alice")
        }
    }

    @Test("skips what made nothing without an error, and again what it has done already")
    func nothingToDo() async throws {
        try await Workspace.with { place in
            let trial = try await place.witness.ec2(
                "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1, "DryRun": true])
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let answers = try await run([trial.event, made.event, made.event], in: place)
            #expect(answers.map { $0["kind"]?.string } == Array(repeating: "response", count: 3), "\(answers)")
            #expect(try await place.calls().count { $0 == "CreateTags" } == 1)
        }
    }

    /// Runs the function over events until it has answered each, then ends it as AWS does.
    private func run(_ events: [JSONValue], in place: Workspace) async throws -> [JSONValue] {
        let runtime = try await place.witness.ask("runtime", ["events": .array(events)])
        let function = try place.startLambda(runtimeAPI: runtime["address"]?.string ?? "")
        let answers = try await place.witness.ask(
            "answers",
            ["runtime": runtime["runtime"] ?? .null, "count": .integer(Int64(events.count))])
        kill(function.processID, SIGKILL)
        let ended = try await function.finished()
        #expect(answers.array?.count == events.count, "\(ended.account)")
        return answers.array ?? []
    }
}
