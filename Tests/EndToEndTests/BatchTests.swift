import JSON
import Testing

/// One bad resource among many, and events about which nothing is to be done.
@Suite("A batch", .needsFakeAWS, .timeLimit(.minutes(5)))
struct BatchTests {
    @Test("with a snapshot deleted meanwhile still tags the others")
    func deletedMeanwhile() async throws {
        try await Workspace.with { place in
            let witness = place.witness
            let instance = try #require(try await witness.launch(1).instances.first)
            let made = try await witness.ec2(
                "create_snapshots", ["InstanceSpecification": ["InstanceId": .string(instance.id)]])
            let snapshots = try #require(made.answer["Snapshots"]?.array).compactMap { $0["SnapshotId"]?.string }
            try #require(snapshots.count == 3)
            _ = try await witness.ec2("delete_snapshot", ["SnapshotId": .string(snapshots[1])])
            let run = try await place.process(made.event, options: ["--config", try place.impatience()])
            #expect(try await witness.tags(of: snapshots[0])["Creator"] == "alice", "\(run.account)")
            #expect(try await witness.tags(of: snapshots[2])["Creator"] == "alice", "\(run.account)")
            let bad = run.reports.first?["resources"]?.array?.first { $0["id"] == .string(snapshots[1]) }
            #expect(["deferred", "failed", "skipped"].contains(bad?["outcome"]?.string), "\(run.account)")
        }
    }

    @Test("with a volume that EC2 refuses still tags the others, and says which one failed")
    func refused() async throws {
        try await Workspace.with { place in
            let instance = try #require(try await place.witness.launch(1).instances.first)
            let launched = try await place.witness.launch(1)
            let parts = try #require(launched.instances.first)
            #expect(instance.id != parts.id)
            let bad = parts.volumes[1]
            _ = try await place.fault("refuse", containing: bad, times: 100)
            let run = try await place.process(launched.event, options: ["--config", try place.impatience()])
            for id in [parts.id, parts.volumes[0], parts.volumes[2]] + parts.interfaces {
                #expect(try await place.witness.tags(of: id)["Creator"] == "alice", "\(id) \(run.account)")
            }
            #expect(try await place.witness.tags(of: bad).isEmpty)
            let report = run.reports.first?["resources"]?.array?.first { $0["id"] == .string(bad) }
            #expect(report?["outcome"] != "tagged" && report != nil, "\(run.account)")
            #expect(run.status == 75 && run.outcomes != ["tagged"], "\(run.account)")
        }
    }

    @Test("that EC2 refuses to tag for want of permission fails with 77 and names the permission")
    func denied() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            _ = try await place.fault("denied", times: 100)
            let run = try await place.process(made.event)
            #expect(run.status == 77 && run.outcomes == ["failed"], "\(run.account)")
            #expect((run.output + run.errors).contains("UnauthorizedOperation"), "\(run.account)")
            #expect((run.output + run.errors).contains("CreateTags"), "\(run.account)")
        }
    }

    @Test("of which EC2 answers the first try with 503 is tagged by the second")
    func unavailableOnce() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            _ = try await place.fault("unavailable")
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await place.calls().count { $0 == "CreateTags" } == 2)
        }
    }

    @Test("of calls that made nothing is skipped, each with its reason, and asks nothing of EC2")
    func nothingMade() async throws {
        try await Workspace.with { place in
            let witness = place.witness
            let failed = try await witness.ec2("create_nat_gateway", ["SubnetId": "subnet-0123456789abcdef0"])
            let trial = try await witness.ec2(
                "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1, "DryRun": true])
            let look = try await witness.ec2("describe_vpcs")
            let change = try await witness.ec2(
                "create_tags",
                ["Resources": [.string(try await witness.newVolume())], "Tags": [["Key": "a", "Value": "b"]]])
            let run = try await place.process(failed.event, trial.event, look.event, change.event)
            #expect(run.status == 0, "\(run.account)")
            #expect(run.outcomes == Array(repeating: "skipped", count: 4), "\(run.account)")
            let reasons = run.reports.map { $0["reason"]?.string }
            #expect(reasons == ["failedCall", "dryRunCall", "readOnly", "noHandler"], "\(run.account)")
            #expect(try await place.calls().filter { $0 != "GetCallerIdentity" }.isEmpty)
        }
    }
}
