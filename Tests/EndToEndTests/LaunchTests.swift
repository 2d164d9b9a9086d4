import JSON
import Testing

/// RunInstances through the real program: everything that is born with an instance carries its maker's name.
@Suite("A launch", .needsFakeAWS, .timeLimit(.minutes(5)))
struct LaunchTests {
    @Test("tags every instance, volume and interface, within its budget of calls", arguments: [1, 25] as [Int64])
    func everything(count: Int64) async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(count)
            let run = try await place.process(launched.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(launched.instances.count == Int(count))
            for instance in launched.instances {
                let own = try await place.witness.tags(of: instance.id)
                #expect(own["Creator"] == "alice")
                #expect(own["CreatorArn"] == "arn:aws:iam::123456789012:user/alice")
                #expect(own["CreatedAt"] == launched.event["eventTime"]?.string)
                #expect(own["InstanceId"] == nil)
                #expect(instance.volumes.count == 3 && instance.interfaces.count == 1)
                for part in instance.volumes + instance.interfaces {
                    let tags = try await place.witness.tags(of: part)
                    #expect(tags["Creator"] == "alice" && tags["InstanceId"] == instance.id, "\(part): \(tags)")
                }
            }
            // One tag set for the instances, one for the parts of each; beside the writes one lookup and one reading of tags.
            let calls = try await place.calls().filter { $0 != "GetCallerIdentity" }
            let writes = calls.count { $0 == "CreateTags" }
            #expect(writes <= 1 + Int(count), "\(calls)")
            #expect(calls.count - writes <= 2, "\(calls)")
        }
    }

    @Test("keeps a Creator that its user set, and adds the rest")
    func keptCreator() async throws {
        try await Workspace.with { place in
            let owned: JSONValue = [
                ["ResourceType": "instance", "Tags": [["Key": "Creator", "Value": "team-web"]]],
                ["ResourceType": "volume", "Tags": [["Key": "Creator", "Value": "team-disk"]]],
            ]
            let launched = try await place.witness.launch(1, adding: ["TagSpecifications": owned])
            let run = try await place.process(launched.event)
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            let instance = try #require(launched.instances.first)
            let own = try await place.witness.tags(of: instance.id)
            #expect(own["Creator"] == "team-web" && own["CreatorArn"] != nil, "\(own)")
            for volume in instance.volumes {
                let tags = try await place.witness.tags(of: volume)
                #expect(tags["Creator"] == "team-disk" && tags["InstanceId"] == instance.id, "\(tags)")
            }
            for interface in instance.interfaces {
                #expect(try await place.witness.tags(of: interface)["Creator"] == "alice")
            }
        }
    }

    @Test("of an instance that is terminated already is skipped as gone")
    func terminated() async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(1)
            let instance = try #require(launched.instances.first)
            _ = try await place.witness.ec2("terminate_instances", ["InstanceIds": [.string(instance.id)]])
            let run = try await place.process(launched.event)
            #expect(run.status == 0 && run.outcomes == ["skipped"], "\(run.account)")
            #expect(run.reports.first?["reason"] == "resourceGone", "\(run.account)")
            #expect(try await place.witness.tags(of: instance.id).isEmpty)
        }
    }

    @Test("of which one instance is terminated still tags the others")
    func partlyTerminated() async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(3)
            let gone = launched.instances[1].id
            _ = try await place.witness.ec2("terminate_instances", ["InstanceIds": [.string(gone)]])
            let run = try await place.process(launched.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await place.witness.tags(of: gone)["Creator"] == nil)
            for instance in [launched.instances[0], launched.instances[2]] {
                #expect(try await place.witness.tags(of: instance.id)["Creator"] == "alice")
                for part in instance.volumes + instance.interfaces {
                    #expect(try await place.witness.tags(of: part)["InstanceId"] == instance.id)
                }
            }
        }
    }

    @Test("leaves alone what others made: an interface named in the request, a volume attached by hand")
    func othersThings() async throws {
        try await Workspace.with { place in
            let witness = place.witness
            let interface = try await witness.ec2(
                "create_network_interface", ["SubnetId": .string(try await witness.anySubnet())]
            ).text("NetworkInterface", "NetworkInterfaceId")
            let launched = try await witness.launch(
                1, adding: ["NetworkInterfaces": [["DeviceIndex": 0, "NetworkInterfaceId": .string(interface)]]])
            let instance = try #require(launched.instances.first)
            let volume = try await witness.newVolume()
            _ = try await witness.ec2(
                "attach_volume",
                ["VolumeId": .string(volume), "InstanceId": .string(instance.id), "Device": "/dev/sdz"])
            let run = try await place.process(launched.event)
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await witness.tags(of: interface).isEmpty)
            #expect(try await witness.tags(of: volume).isEmpty)
            for part in instance.volumes {
                #expect(try await witness.tags(of: part)["Creator"] == "alice")
            }
        }
    }

    @Test("delivered again is a duplicate and calls for nothing")
    func again() async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(2, as: "bob")
            let first = try await place.process(launched.event)
            #expect(first.outcomes == ["tagged"], "\(first.account)")
            let before = try await place.calls()
            let second = try await place.process(launched.event)
            #expect(second.status == 0 && second.outcomes == ["duplicate"], "\(second.account)")
            let added = try await place.calls().dropFirst(before.count).filter { $0 != "GetCallerIdentity" }
            #expect(added.isEmpty, "\(added)")
        }
    }

    @Test(
        "is remembered: the ledger says who made a volume, by single sign-on and through a service",
        arguments: [
            ("bob", "bob@example.com"), ("stack", "carol"), ("root", "root"),
        ])
    func remembered(identity: String, name: String) async throws {
        try await Workspace.with { place in
            let launched = try await place.witness.launch(1, as: .string(identity))
            let run = try await place.process(launched.event)
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            let volume = try #require(launched.instances.first?.volumes.last)
            #expect(try await place.witness.tags(of: volume)["Creator"] == name)
            let who = try await place.autotagger("ledger", "who", volume)
            #expect(who.status == 0 && who.output.contains(name), "\(who.account)")
            let nobody = try await place.autotagger("ledger", "who", "vol-0000000000000000f")
            #expect(nobody.status == 1, "\(nobody.account)")
        }
    }
}
