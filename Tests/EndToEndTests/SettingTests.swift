import Foundation
import JSON
import Testing

/// What users change without a build: handlers of their own, tags of their own, and what is to be left alone.
@Suite("A setting", .needsFakeAWS, .timeLimit(.minutes(5)))
struct SettingTests {
    /// An event that nothing built in waits for, since it makes nothing: who wants may have it tagged all the same.
    private static let restarts = """
        plugin: ec2
        source: ec2.amazonaws.com
        tagging: {operation: CreateTags}
        arn: arn:${partition}:ec2:${region}:${account}:instance/${id}
        resources:
          restarted-instance: {on: StartInstances, id: "responseElements.instancesSet.items[].instanceId"}
        """

    @Test("of a handler in YAML makes a new event known")
    func handler() async throws {
        try await Workspace.with { place in
            let folder = place.folder.appending(component: "handlers.d")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try place.write(Self.restarts, to: "handlers.d/restarts.yaml")
            let launched = try await place.witness.launch(1)
            let id = try #require(launched.instances.first).id
            let started = try await place.witness.ec2("start_instances", ["InstanceIds": [.string(id)]], as: "alice")
            let without = try await place.process(started.event)
            #expect(without.reports.first?["reason"] == "noHandler", "\(without.account)")
            let run = try await place.process(started.event, options: ["--handlers", folder.path])
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await place.witness.tags(of: id)["Creator"] == "alice")
        }
    }

    @Test("of tags adds static ones and templates, and drops what is set to null")
    func tags() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2(
                "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1], as: "bob")
            let settings = """
                tags:
                  CostCenter: "4711"
                  Owner: ${identity.email ?? identity.name}
                  From: ${event.sourceIPAddress}
                  Machine: ${identity.machine}
                  CreatorArn: null
                """
            let file = try place.write(settings, to: "autotagger.yaml")
            let run = try await place.process(made.event, options: ["--config", file])
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            var tags = try await place.witness.tags(of: made.text("VolumeId"))
            #expect(tags.removeValue(forKey: "CreatedAt") != nil)
            let expected = [
                "Creator": "bob@example.com", "CostCenter": "4711", "Owner": "bob@example.com", "From": "203.0.113.10",
            ]
            #expect(tags == expected)
        }
    }

    @Test("of existingTags: replace gives our keys our values and leaves the others")
    func replace() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2(
                "create_volume",
                [
                    "AvailabilityZone": "us-east-1a", "Size": 1,
                    "TagSpecifications": [
                        [
                            "ResourceType": "volume",
                            "Tags": [["Key": "Creator", "Value": "somebody"], ["Key": "Team", "Value": "web"]],
                        ]
                    ],
                ])
            let file = try place.write("existingTags: replace\n", to: "autotagger.yaml")
            let run = try await place.process(made.event, options: ["--config", file])
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            let tags = try await place.witness.tags(of: made.text("VolumeId"))
            #expect(tags["Creator"] == "alice" && tags["Team"] == "web", "\(tags)")
        }
    }

    @Test("of a resource's own tag that asks to be left alone is heeded")
    func optOut() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2(
                "create_volume",
                [
                    "AvailabilityZone": "us-east-1a", "Size": 1,
                    "TagSpecifications": [
                        ["ResourceType": "volume", "Tags": [["Key": "auto-tagger", "Value": "off"]]]
                    ],
                ])
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["skipped"], "\(run.account)")
            #expect(run.reports.first?["reason"] == "optedOut", "\(run.account)")
            #expect(try await place.witness.tags(of: made.text("VolumeId")) == ["auto-tagger": "off"])
        }
    }
}
