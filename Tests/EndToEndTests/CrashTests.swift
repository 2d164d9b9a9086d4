import Foundation
import JSON
import Testing

/// What must hold when a process dies on the way, or two are on the way together.
@Suite("A crash", .needsFakeAWS, .timeLimit(.minutes(5)))
struct CrashTests {
    @Test(
        "during the tagging call is made good once the lease is over: the same tags, at most one more write",
        arguments: ["hangBefore", "hangAfter"])
    func duringTheCall(fault: String) async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2(
                "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let volume = try made.text("VolumeId")
            let file = try place.write(made.event.compactText, to: "event.json")
            let settings = try place.write("ledger: {lease: 1s}\n", to: "autotagger.yaml")
            let arguments = ["process", file, "--format", "ndjson", "--config", settings]
            let hanging = try await place.fault(fault)
            let doomed = try place.start(arguments)
            try #require(try await place.witness.ask("reached", ["fault": hanging]) == true)
            kill(doomed.processID, SIGKILL)
            let killed = try await doomed.finished()
            #expect(killed.status == -SIGKILL, "\(killed.account)")
            // The request that hangs is lost with the connection's end only on a real network; here it may still arrive.
            _ = try await place.witness.ask("release", ["fault": hanging])

            let run = try await redelivered(arguments, in: place)
            #expect(run.status == 0 && ["tagged", "unchanged"].contains(run.outcomes.first), "\(run.account)")
            let tags = try await place.witness.tags(of: volume)
            #expect(tags["Creator"] == "alice" && tags["CreatedAt"] == made.event["eventTime"]?.string, "\(tags)")
            #expect(try await place.calls().count { $0 == "CreateTags" } <= 2)
            let third = try await place.autotagger(arguments)
            #expect(third.outcomes == ["duplicate"], "\(third.account)")
        }
    }

    @Test("and while its lease lasts, the event is nobody else's and not reported as done")
    func whileLeased() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let hanging = try await place.fault("hangBefore")
            let file = try place.write(made.event.compactText, to: "event.json")
            let holder = try place.start(["process", file, "--format", "ndjson"])
            try #require(try await place.witness.ask("reached", ["fault": hanging]) == true)
            let other = try await place.autotagger("process", file, "--format", "ndjson")
            #expect(other.status == 75 && other.outcomes == ["deferred"], "\(other.account)")
            _ = try await place.witness.ask("release", ["fault": hanging])
            let first = try await holder.finished()
            #expect(first.status == 0 && first.outcomes == ["tagged"], "\(first.account)")
            #expect(try await place.calls().count { $0 == "CreateTags" } == 1)
        }
    }

    @Test("is not needed for two at once: one ledger, one event, tagged once")
    func twoAtOnce() async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(1)
            let file = try place.write(launched.event.compactText, to: "event.json")
            let both = try [
                place.start(["process", file, "--format", "ndjson"]),
                place.start(["process", file, "--format", "ndjson"]),
            ]
            var outcomes: [String] = []
            for one in both { outcomes += try await one.finished().outcomes }
            #expect(outcomes.count { $0 == "tagged" } == 1, "\(outcomes)")
            #expect(Set(outcomes).isSubset(of: ["tagged", "duplicate", "deferred"]), "\(outcomes)")
            // One set for the instance, one for its parts.
            #expect(try await place.calls().count { $0 == "CreateTags" } == 2)
        }
    }

    /// Delivers again until the dead process's lease is over, as a queue would.
    private func redelivered(_ arguments: [String], in place: Workspace) async throws -> ProgramRun {
        let end = ContinuousClock.now + .seconds(60)
        var run = try await place.autotagger(arguments)
        while run.outcomes == ["deferred"], ContinuousClock.now < end {
            #expect(run.status == 75, "\(run.account)")
            run = try await place.autotagger(arguments)
        }
        return run
    }
}
