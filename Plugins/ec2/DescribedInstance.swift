import CloudTrail
import Foundation
import JSON

/// An instance as `DescribeInstances` answers it, as far as a launch is concerned.
struct DescribedInstance {
    /// An EBS volume at a device.
    struct Volume {
        let id: String
        let device: String
        let attachedAt: Date?
    }

    /// A network interface at an index.
    struct Interface {
        let id: String
        let index: String
        let attachedAt: Date?
    }

    let id: String
    let state: String
    let rootDevice: String?
    let rootIsEBS: Bool
    let volumes: [Volume]
    let interfaces: [Interface]

    /// Every element that is read here, for replies without the rest.
    static let elements: Set<String> = [
        "reservationSet", "instancesSet", "item", "instanceId", "instanceState", "name", "rootDeviceName",
        "rootDeviceType", "blockDeviceMapping", "deviceName", "ebs", "volumeId", "attachTime", "networkInterfaceSet",
        "networkInterfaceId", "attachment", "deviceIndex",
    ]

    private static let path = FieldPath("reservationSet.items[].instancesSet.items[]")
    private static let volumePath = FieldPath("blockDeviceMapping.items[]")
    private static let interfacePath = FieldPath("networkInterfaceSet.items[]")

    /// The instances on one page of the answer.
    static func all(in page: JSONValue) -> [DescribedInstance] {
        (path?.nodes(in: page) ?? []).compactMap(DescribedInstance.init)
    }

    private init?(_ node: JSONValue) {
        guard let id = node["instanceId"]?.string else { return nil }
        self.id = id
        state = node["instanceState"]?["name"]?.string ?? ""
        rootDevice = node["rootDeviceName"]?.string
        rootIsEBS = node["rootDeviceType"]?.string == "ebs"
        volumes = (Self.volumePath?.nodes(in: node) ?? []).compactMap { mapping in
            guard let volume = mapping["ebs"]?["volumeId"]?.string, let device = mapping["deviceName"]?.string else {
                return nil
            }
            return Volume(
                id: volume, device: device, attachedAt: mapping["ebs"]?["attachTime"]?.string.flatMap(EventTime.parse))
        }
        interfaces = (Self.interfacePath?.nodes(in: node) ?? []).compactMap { interface in
            guard let id = interface["networkInterfaceId"]?.string, let attachment = interface["attachment"] else {
                return nil
            }
            return Interface(
                id: id, index: attachment["deviceIndex"]?.scalarText ?? "",
                attachedAt: attachment["attachTime"]?.string.flatMap(EventTime.parse))
        }
    }

    /// Terminated instances stay visible for about an hour; their volumes are gone already.
    var isGone: Bool { state == "terminated" }

    /// Whether volumes of the launch may still appear: only while EC2 builds the instance.
    func isIncomplete(for launch: Launch) -> Bool {
        guard state == "pending" else { return false }
        var expected = launch.requestedDevices
        if rootIsEBS, let rootDevice { expected.insert(rootDevice) }
        return expected.isEmpty ? rootIsEBS && volumes.isEmpty : !expected.isSubset(of: volumes.map(\.device))
    }
}
