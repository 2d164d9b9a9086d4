import Foundation
import JSON
import Testing

/// The resources that are one line of `Plugins/ec2/plugin.yaml` each: made by boto3, tagged by the program, read by boto3.
@Suite("A declared resource", .needsFakeAWS, .timeLimit(.minutes(5)))
struct DeclaredResourceTests {
    /// One way to make one resource.
    struct Creation: Sendable, CustomTestStringConvertible {
        let operation: String
        /// What `TagSpecifications` calls the resource.
        let kind: String
        /// Where the id stands in the answer.
        let id: [String]
        let parameters: @Sendable (Witness) async throws -> [String: JSONValue]
        /// moto takes these tags at creation and forgets them, so they are set right after.
        var forgetsTags = false

        var testDescription: String { operation }
    }

    static let creations: [Creation] = [
        Creation(operation: "create_volume", kind: "volume", id: ["VolumeId"]) { _ in
            ["AvailabilityZone": "us-east-1a", "Size": 1]
        },
        Creation(operation: "create_snapshot", kind: "snapshot", id: ["SnapshotId"]) {
            ["VolumeId": .string(try await $0.newVolume())]
        },
        Creation(operation: "create_snapshots", kind: "snapshot", id: ["Snapshots", "SnapshotId"]) {
            ["InstanceSpecification": ["InstanceId": .string(try await instance($0))]]
        },
        Creation(operation: "copy_snapshot", kind: "snapshot", id: ["SnapshotId"]) {
            let volume = try await $0.newVolume()
            let snapshot = try await $0.ec2("create_snapshot", ["VolumeId": .string(volume)]).text("SnapshotId")
            return ["SourceSnapshotId": .string(snapshot), "SourceRegion": "us-east-1"]
        },
        Creation(operation: "create_image", kind: "image", id: ["ImageId"]) {
            ["InstanceId": .string(try await instance($0)), "Name": newName()]
        },
        Creation(
            operation: "copy_image", kind: "image", id: ["ImageId"],
            parameters: {
                ["SourceImageId": .string(try await $0.anyImage()), "SourceRegion": "us-east-1", "Name": newName()]
            }, forgetsTags: true),
        Creation(
            operation: "register_image", kind: "image", id: ["ImageId"],
            parameters: { _ in
                ["Name": newName(), "RootDeviceName": "/dev/sda1", "Architecture": "x86_64"]
            }, forgetsTags: true),
        Creation(operation: "allocate_address", kind: "elastic-ip", id: ["AllocationId"]) { _ in ["Domain": "vpc"] },
        Creation(operation: "create_vpc", kind: "vpc", id: ["Vpc", "VpcId"]) { _ in ["CidrBlock": "10.9.0.0/16"] },
        Creation(operation: "create_subnet", kind: "subnet", id: ["Subnet", "SubnetId"]) {
            ["VpcId": .string(try await network($0)), "CidrBlock": "10.9.1.0/24"]
        },
        Creation(operation: "create_security_group", kind: "security-group", id: ["GroupId"]) { _ in
            ["GroupName": newName(), "Description": "for a test"]
        },
        Creation(
            operation: "create_network_interface", kind: "network-interface",
            id: ["NetworkInterface", "NetworkInterfaceId"]
        ) {
            ["SubnetId": .string(try await $0.anySubnet())]
        },
        Creation(
            operation: "create_internet_gateway", kind: "internet-gateway",
            id: ["InternetGateway", "InternetGatewayId"]
        ) { _ in [:] },
        Creation(operation: "create_nat_gateway", kind: "natgateway", id: ["NatGateway", "NatGatewayId"]) {
            ["SubnetId": .string(try await $0.anySubnet()), "ConnectivityType": "private"]
        },
        Creation(operation: "create_route_table", kind: "route-table", id: ["RouteTable", "RouteTableId"]) {
            ["VpcId": .string(try await network($0))]
        },
        Creation(operation: "create_key_pair", kind: "key-pair", id: ["KeyPairId"]) { _ in ["KeyName": newName()] },
        Creation(
            operation: "create_launch_template", kind: "launch-template", id: ["LaunchTemplate", "LaunchTemplateId"]
        ) { _ in
            ["LaunchTemplateName": newName(), "LaunchTemplateData": ["InstanceType": "t2.micro"]]
        },
    ]

    @Test("gets its maker's name and keeps the tag it was made with", arguments: creations)
    func tagged(_ creation: Creation) async throws {
        try await Workspace.with { place in
            let witness = place.witness
            let team: JSONValue = [["Key": "Team", "Value": "web"]]
            var parameters = try await creation.parameters(witness)
            parameters["TagSpecifications"] = [["ResourceType": .string(creation.kind), "Tags": team]]
            let made = try await witness.ec2(creation.operation, .object(parameters), as: "bob")
            let id = try made.text(at: creation.id)
            if creation.forgetsTags {
                _ = try await witness.ec2("create_tags", ["Resources": [.string(id)], "Tags": team])
            }
            try #require(try await witness.tags(of: id) == ["Team": "web"])
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            let tags = try await witness.tags(of: id)
            #expect(tags["Creator"] == "bob@example.com" && tags["Team"] == "web", "\(tags)")
            #expect(tags["CreatedAt"] == made.event["eventTime"]?.string)
            let type = run.reports.first?["resources"]?.array?.first?["type"]
            #expect(type == .string("ec2:\(creation.kind)"), "\(run.account)")
        }
    }

    private static func instance(_ witness: Witness) async throws -> String {
        try #require(try await witness.launch(1).instances.first).id
    }

    private static func network(_ witness: Witness) async throws -> String {
        try await witness.ec2("create_vpc", ["CidrBlock": "10.9.0.0/16"]).text("Vpc", "VpcId")
    }

    private static func newName() -> JSONValue {
        .string("test-\(UUID().uuidString)")
    }
}
