import AutoTagger
import CloudTrail
import Foundation
import JSON

/// Tells what was born with an instance from what was attached to it by hand.
///
/// An event may be processed days after the launch, when an instance may carry volumes and interfaces of other people. Two
/// things must agree before something counts as born with it:
/// - it was attached at the time of birth. That is when the primary interface was attached: unlike the launch time, which
///   a stop and start renews, it never changes, since the primary interface cannot be detached;
/// - the launch asked for it: its device is named by the request, the image or the launch template. Image and template are
///   asked for only when a device is not explained otherwise.
struct LaunchWitness {
    /// Everything a launch asks for is attached within seconds; two minutes allow for slow ones.
    private static let birthWindow: TimeInterval = 120
    /// Where image and template cannot be read any more, only what came with the instance in the same breath counts.
    private static let strictWindow: TimeInterval = 2
    /// AWS's clocks and the record's whole seconds may disagree this much.
    private static let clockSlack: TimeInterval = 60

    private let launch: Launch
    /// The devices that image and template name; `nil` when they could not be asked.
    private var plannedDevices: Set<String>? = []

    init(of launch: Launch, described: [DescribedInstance], asking lookup: Lookup) async throws(Failure) {
        self.launch = launch
        let isUnexplained = described.contains { instance in
            instance.volumes.contains { isTimely($0.attachedAt, instance) && !isExplained($0, instance) }
        }
        if isUnexplained { plannedDevices = try await Self.plannedDevices(of: launch, lookup) }
    }

    /// The volumes that were made for the launch of an instance.
    func volumes(bornWith instance: DescribedInstance) -> [String] {
        instance.volumes.filter { volume in
            guard isTimely(volume.attachedAt, instance) else { return false }
            if isExplained(volume, instance) { return true }
            guard let plannedDevices else {
                return isTimely(volume.attachedAt, instance, window: Self.strictWindow)
            }
            return plannedDevices.contains(volume.device)
        }.map(\.id)
    }

    /// The interfaces that were made for the launch of an instance, for records that do not list them.
    func interfaces(bornWith instance: DescribedInstance) -> [String] {
        instance.interfaces.filter { interface in
            !launch.requestedInterfaces.contains(interface.id)
                && (interface.index == "0" || launch.requestedIndexes.contains(interface.index)
                    || launch.template != nil)
                && isTimely(interface.attachedAt, instance)
        }.map(\.id)
    }

    private func isExplained(_ volume: DescribedInstance.Volume, _ instance: DescribedInstance) -> Bool {
        volume.device == instance.rootDevice || launch.requestedDevices.contains(volume.device)
    }

    private func isTimely(
        _ attachedAt: Date?, _ instance: DescribedInstance, window: TimeInterval = birthWindow
    ) -> Bool {
        guard let attachedAt, let birth = birth(of: instance) else { return true }
        return attachedAt.timeIntervalSince(birth) <= window
    }

    private func birth(of instance: DescribedInstance) -> Date? {
        let primary = instance.interfaces.first { $0.index == "0" }?.attachedAt
        let root = instance.volumes.first { $0.device == instance.rootDevice }?.attachedAt
        // An attachment from before the launch is a fake's invention and witnesses nothing.
        let earliest = launch.time?.addingTimeInterval(-Self.clockSlack) ?? .distantPast
        return [primary, root].compactMap(\.self).first { $0 >= earliest } ?? launch.time
    }

    private static func plannedDevices(of launch: Launch, _ lookup: Lookup) async throws(Failure) -> Set<String>? {
        guard let imageID = launch.imageID else { return nil }
        var calls = [
            PlannedCall(
                service: "ec2", operation: "DescribeImages",
                parameters: ["Filter": [["Name": "image-id", "Value": [.string(imageID)]]]])
        ]
        if let template = launch.template {
            var parameters: [String: JSONValue] = ["LaunchTemplateVersion": [.string(template.version)]]
            if let id = template.id {
                parameters["LaunchTemplateId"] = .string(id)
            } else if let name = template.name {
                parameters["LaunchTemplateName"] = .string(name)
            }
            calls.append(
                PlannedCall(
                    service: "ec2", operation: "DescribeLaunchTemplateVersions", parameters: .object(parameters)))
        }
        var devices: Set<String> = []
        for call in calls {
            do {
                let pages = try await lookup.read(call)
                let mappings = pages.flatMap { devicePath?.nodes(in: $0) ?? [] }
                guard !mappings.isEmpty else { return nil }
                devices.formUnion(mappings.compactMap { $0["deviceName"]?.string })
            } catch  where error.kind == .notFound || error.kind == .permission {
                // The image is deregistered or somebody else's: time alone must tell.
                return nil
            }
        }
        return devices
    }

    private static let devicePath = FieldPath(
        "imagesSet.items[].blockDeviceMapping.items[]"
            + " ?? launchTemplateVersionSet.items[].launchTemplateData.blockDeviceMappingSet.items[]")
}
