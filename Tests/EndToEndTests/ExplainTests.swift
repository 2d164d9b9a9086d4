import Foundation
import JSON
import Testing

/// `explain`: the whole story of an event, without credentials and without a call.
@Suite("An explanation", .needsFakeAWS, .timeLimit(.minutes(5)))
struct ExplainTests {
    private static let original = Prerequisites.fixtures.appending(path: "ec2/RunInstances.json").path
    private static let noAWS: [String: String?] = [
        "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil, "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    ]

    @Test("of the original event names its maker, the instance, its tags and the calls, and keeps the Name tag")
    func original() async throws {
        try await Workspace.with { place in
            let run = try await place.with(Self.noAWS).autotagger("explain", Self.original, "--format", "ndjson")
            #expect(run.status == 0 && run.outcomes == ["planned"], "\(run.account)")
            let report = try #require(run.reports.first)
            #expect(report["handler"] == "ec2:instance" && report["accountID"] == "123456789101")
            #expect(report["region"] == "ap-northeast-2" && report["eventTime"] == "2023-08-03T04:36:27Z")
            #expect(report["identity"]?["name"] == "seungkim" && report["identity"]?["type"] == "IAMUser")
            let resources = try #require(report["resources"]?.array)
            let instance = try #require(resources.first { $0["id"] == "i-0a1b2c3d4e5f60718" }, "\(run.account)")
            #expect(instance["arn"] == "arn:aws:ec2:ap-northeast-2:123456789101:instance/i-0a1b2c3d4e5f60718")
            #expect(
                instance["tags"] == [
                    "Creator": "seungkim", "CreatorArn": "arn:aws:iam::123456789101:user/seungkim",
                    "CreatedAt": "2023-08-03T04:36:27Z",
                ], "\(run.account)")
            let interface = try #require(resources.first { $0["id"] == "eni-0a1b2c3d4e5f60718" }, "\(run.account)")
            #expect(interface["tags"]?["InstanceId"] == "i-0a1b2c3d4e5f60718")
            let calls = try #require(report["calls"]?.array).compactMap { $0["operation"]?.string }
            #expect(calls.contains("DescribeInstances") && calls.contains("CreateTags"), "\(run.account)")
            // What is there already can only be read from AWS, so no plan touches the Name.
            #expect(!resources.contains { $0["tags"]?["Name"] != nil })
            #expect(try await place.calls().isEmpty)
        }
    }

    @Test("for people says the same in words")
    func words() async throws {
        try await Workspace.with { place in
            let run = try await place.with(Self.noAWS).autotagger("explain", Self.original)
            #expect(run.status == 0, "\(run.account)")
            for word in ["seungkim", "i-0a1b2c3d4e5f60718", "Creator", "CreateTags", "DescribeInstances"] {
                #expect(run.output.contains(word), "\(word) is not in\n\(run.account)")
            }
        }
    }

    @Test("leaves no trace: neither of explain nor of a dry run anything is remembered or written")
    func noTrace() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let file = try place.write(made.event.compactText, to: "event.json")
            let dry = try await place.autotagger("process", file, "--dry-run", "--format", "ndjson")
            #expect(dry.status == 0 && dry.outcomes == ["planned"], "\(dry.account)")
            #expect(try await place.witness.tags(of: made.text("VolumeId")).isEmpty)
            #expect(try await place.calls().isEmpty)
            let real = try await place.autotagger("process", file, "--format", "ndjson")
            #expect(real.outcomes == ["tagged"], "\(real.account)")
        }
    }

    @Test("of an event that is skipped says why")
    func skipped() async throws {
        try await Workspace.with { place in
            let trial = try await place.witness.ec2(
                "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1, "DryRun": true])
            let file = try place.write(trial.event.compactText, to: "event.json")
            let run = try await place.with(Self.noAWS).autotagger("explain", file)
            #expect(run.status == 0 && run.output.contains("dryRunCall"), "\(run.account)")
        }
    }
}
