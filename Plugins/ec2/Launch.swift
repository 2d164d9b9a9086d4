import CloudTrail
import Foundation
import JSON

/// What a `RunInstances` record says of the launch.
struct Launch {
    /// One instance of the reservation.
    struct Instance {
        let id: String
        /// The interfaces made for it: those of the response less those that the request brought along.
        let interfaces: [String]
        /// Whether the record lists interfaces at all; some do not.
        let namesInterfaces: Bool
    }

    let instances: [Instance]
    /// When it happened, as far as the record knows.
    let time: Date?
    /// The image that was started.
    let imageID: String?
    /// The devices for which the request asked for EBS volumes.
    let requestedDevices: Set<String>
    /// The interfaces that existed before.
    let requestedInterfaces: Set<String>
    /// The device indexes for which the request asked for new interfaces.
    let requestedIndexes: Set<String>
    /// The template it was launched from, which may name more devices.
    let template: Template?

    /// A launch template by id or name, in some version.
    struct Template {
        let id: String?
        let name: String?
        let version: String
    }

    private static let instancePath = FieldPath("responseElements.instancesSet.items[]")
    private static let interfacePath = FieldPath("networkInterfaceSet.items[].networkInterfaceId")
    private static let requestedInterfacePath = FieldPath(
        "requestParameters.networkInterfaceSet.items[] ?? requestParameters.networkInterface[]")
    private static let devicePath = FieldPath("requestParameters.blockDeviceMapping.items[]")

    init(_ event: CloudTrailEvent) {
        let requested = Self.requestedInterfacePath?.nodes(in: event) ?? []
        let existing = Set(requested.compactMap { $0.member("networkInterfaceId")?.string })
        requestedInterfaces = existing
        requestedIndexes = Set(requested.compactMap { $0.member("deviceIndex")?.scalarText })
        requestedDevices = Set(
            (Self.devicePath?.nodes(in: event) ?? []).compactMap { device in
                device.member("noDevice") == nil && device.member("virtualName") == nil
                    ? device.member("deviceName")?.string : nil
            })
        time = event.eventTime
        let nodes = Self.instancePath?.nodes(in: event) ?? []
        instances = nodes.compactMap { node in
            guard let id = node.member("instanceId")?.string else { return nil }
            let interfaces = Self.interfacePath?.values(in: node) ?? []
            return Instance(
                id: id, interfaces: interfaces.filter { !existing.contains($0) }, namesInterfaces: !interfaces.isEmpty)
        }
        imageID = nodes.lazy.compactMap { $0.member("imageId")?.string }.first
        template = Template(event.requestParameters.member("launchTemplate"))
    }
}

extension Launch.Template {
    fileprivate init?(_ element: JSONValue?) {
        guard let element else { return nil }
        id = element.member("launchTemplateId")?.string
        name = element.member("launchTemplateName")?.string
        version = element.member("version")?.scalarText ?? "$Default"
        if id == nil && name == nil { return nil }
    }
}
