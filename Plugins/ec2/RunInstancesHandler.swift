public import AutoTagger
public import CloudTrail
import JSON

/// Finds everything that a launch brings into the world: instances, their EBS volumes, their network interfaces.
///
/// The event names the instances and mostly their interfaces. It never names the volumes: they are made moments later and
/// have no event of their own, so EC2 is asked for them, and asked again while an instance is still being built. Only what
/// was born with the instance counts; see ``LaunchWitness``.
public struct RunInstancesHandler: ResourceHandler {
    /// `ec2:instance`.
    public let resource = ResourceType("ec2", "instance")
    /// `RunInstances` of EC2.
    public let triggers = [Trigger("ec2.amazonaws.com", "RunInstances")]
    /// `ec2:CreateTags`.
    public let tagging = TaggingOperation.ec2
    /// Instances, volumes, interfaces.
    public let produces = [EC2Types.instance, EC2Types.volume, EC2Types.networkInterface]
    /// The reading calls that it may make.
    public let lookupActions = [
        "ec2:DescribeInstances", "ec2:DescribeImages", "ec2:DescribeLaunchTemplateVersions",
    ]

    /// The handler; it holds nothing.
    public init() {}

    /// The instances and the interfaces that the event names; the volumes are left to a lookup.
    public func find(in event: CloudTrailEvent) -> Finding {
        let launch = Launch(event)
        guard !launch.instances.isEmpty else { return Finding(resources: []) }
        let types = EC2Types(of: event)
        let resources = launch.instances.flatMap { instance in
            [types.instance(instance.id)]
                + instance.interfaces.map { types.networkInterface($0, of: instance.id) }
        }
        return Finding(
            resources: resources, lookups: describeInstances(launch.instances.map(\.id)),
            openQuestions: ["which EBS volumes were made for \(launch.instances.map(\.id).joined(separator: ", "))"],
            memo: launch)
    }

    /// Asks for the volumes, and again while instances are still being built, as long as patience lasts.
    ///
    /// - Throws: ``Failure`` when EC2 does not answer.
    public func complete(
        _ finding: Finding, of event: CloudTrailEvent, with lookup: Lookup
    ) async throws(Failure) -> Completion {
        let launch = finding.memo as? Launch ?? Launch(event)
        var settled: [String: DescribedInstance] = [:]
        var waiting = launch.instances.map(\.id)
        var pause = Duration.seconds(1)
        var waited = Duration.zero
        for call in finding.lookups { settled.add(try await lookup.first(call)) }
        while true {
            waiting = waiting.filter { id in
                guard let instance = settled[id] else { return lookup.isYoung }
                return instance.isIncomplete(for: launch)
            }
            guard !waiting.isEmpty, waited + pause <= lookup.patience else { break }
            do {
                try await lookup.clock.sleep(for: pause)
            } catch {
                break
            }
            waited += pause
            pause = min(pause * 2, .seconds(8))
            for call in describeInstances(waiting) { settled.add(try await lookup.read(call)) }
        }
        return try await completion(launch, settled, waiting: waiting.filter { settled[$0] != nil }, event, lookup)
    }

    private func completion(
        _ launch: Launch, _ described: [String: DescribedInstance], waiting: [String], _ event: CloudTrailEvent,
        _ lookup: Lookup
    ) async throws(Failure) -> Completion {
        let witness = try await LaunchWitness(of: launch, described: Array(described.values), asking: lookup)
        let types = EC2Types(of: event)
        var resources: [TaggableResource] = []
        for instance in launch.instances {
            guard let found = described[instance.id] else {
                resources.append(types.instance(instance.id, presence: .missing))
                continue
            }
            guard !found.isGone else {
                resources.append(types.instance(instance.id, presence: .gone))
                continue
            }
            resources.append(types.instance(instance.id))
            resources += witness.volumes(bornWith: found).map { types.volume($0, of: found.id) }
            let interfaces =
                instance.namesInterfaces ? instance.interfaces : witness.interfaces(bornWith: found)
            resources += interfaces.map { types.networkInterface($0, of: found.id) }
        }
        guard !waiting.isEmpty else { return Completion(resources: resources) }
        return Completion(
            resources: resources,
            unfinished: Failure(
                code: "volumesNotVisible",
                message: "the volumes of \(waiting.joined(separator: ", ")) are not all there yet; the rest is tagged,"
                    + " try again in a minute",
                isTransient: true, kind: .notFound))
    }

    /// By filter, not by id: an id that no longer exists fails a call by ids for all the others.
    private func describeInstances(_ ids: [String]) -> [PlannedCall] {
        stride(from: 0, to: ids.count, by: Sharing.maximumIDs).map { start in
            let some = ids[start..<min(start + Sharing.maximumIDs, ids.count)]
            return PlannedCall(
                ec2: "DescribeInstances",
                sharing: Sharing(
                    filter: "instance-id", ids: Array(some), lists: ["reservationSet", "instancesSet"],
                    member: "instanceId"), reads: DescribedInstance.elements)
        }
    }
}

extension [String: DescribedInstance] {
    /// Takes in what pages say, the latest word on each instance.
    fileprivate mutating func add(_ pages: [JSONValue]) {
        for instance in pages.flatMap(DescribedInstance.all) { self[instance.id] = instance }
    }
}
