import JSON
import Testing

extension Witness {
    /// Calls EC2 as somebody.
    func ec2(
        _ operation: String, _ parameters: JSONValue = [:], as identity: JSONValue = "alice", at time: String? = nil,
        in region: String = "us-east-1"
    ) async throws -> Witnessed {
        try await call("ec2", operation, parameters, as: identity, at: time, in: region)
    }

    /// The tags that a resource has now.
    func tags(of id: String) async throws -> [String: String] {
        let found = try await ec2("describe_tags", ["Filters": [["Name": "resource-id", "Values": [.string(id)]]]])
        let pairs = (found.answer["Tags"]?.array ?? []).map { ($0["Key"]?.string ?? "", $0["Value"]?.string ?? "") }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    /// An image that the fake comes with; its root device is `/dev/sda1`.
    func anyImage() async throws -> String {
        // By name, since the fake takes seconds to list them all.
        try await ec2("describe_images", ["Filters": [["Name": "name", "Values": ["ubuntu*"]]]])
            .text("Images", "ImageId")
    }

    /// A subnet of the default network.
    func anySubnet() async throws -> String {
        try await ec2("describe_subnets").text("Subnets", "SubnetId")
    }

    /// A new volume of nobody in particular.
    func newVolume() async throws -> String {
        try await ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1]).text("VolumeId")
    }

    /// Launches instances with three volumes each.
    func launch(
        _ count: Int64, as identity: JSONValue = "alice", at time: String? = nil, adding more: [String: JSONValue] = [:]
    ) async throws -> Launched {
        let devices: JSONValue = .array(
            ["/dev/sda1", "/dev/sdf", "/dev/sdg"].map { ["DeviceName": .string($0), "Ebs": ["VolumeSize": 8]] })
        let request: [String: JSONValue] = [
            "ImageId": .string(try await anyImage()), "InstanceType": "t2.micro", "MinCount": .integer(count),
            "MaxCount": .integer(count), "BlockDeviceMappings": devices,
        ]
        let made = try await ec2("run_instances", .object(request.merging(more) { $1 }), as: identity, at: time)
        return try Launched(made)
    }
}

/// What a launch made, as boto3 saw it.
struct Launched: Sendable {
    /// The record.
    let event: JSONValue
    /// The instances with their parts.
    let instances: [Instance]

    /// An instance with what was born with it.
    struct Instance: Sendable {
        let id: String
        let volumes: [String]
        let interfaces: [String]
    }

    init(_ made: Witnessed) throws {
        event = made.event
        instances = try #require(made.answer["Instances"]?.array, "\(made.answer.compactText)").map { instance in
            Instance(
                id: instance["InstanceId"]?.string ?? "",
                volumes: (instance["BlockDeviceMappings"]?.array ?? []).compactMap { $0["Ebs"]?["VolumeId"]?.string },
                interfaces: (instance["NetworkInterfaces"]?.array ?? []).compactMap {
                    $0["NetworkInterfaceId"]?.string
                })
        }
    }
}
