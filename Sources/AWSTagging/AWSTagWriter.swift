public import AWSClient
public import AutoTagger

/// Reads and writes tags through the service's own API, as each resource's handler declares it.
///
/// EC2 and the Resource Groups Tagging API take many resources a call; all others take one, several calls at a time.
public struct AWSTagWriter: TagWriter {
    private let ec2: EC2Tags
    private let groups: ResourceGroupsTags
    private let described: DescribedTags
    private let chosen: TaggingRoute

    /// A writer over a client; the route says which resources take the Resource Groups Tagging API by choice.
    public init(client: AWSClient, route: TaggingRoute = TaggingRoute()) {
        chosen = route
        ec2 = EC2Tags(client: client)
        groups = ResourceGroupsTags(client: client)
        described = DescribedTags(client: client)
    }

    /// The tags that resources carry now.
    public func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
        await route(
            resources, on: { $0 }, ec2: { await ec2.read($0) }, groups: { await groups.read($0) },
            one: { resource, api in
                do throws(Failure) {
                    return .success(try await described.read(resource, api))
                } catch {
                    return .failure(error)
                }
            })
    }

    /// Writes tags, in as few calls as the services allow.
    public func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
        await route(
            writes, on: \.resource, ec2: { await ec2.write($0) }, groups: { await groups.write($0) },
            one: { write, api in
                do throws(Failure) {
                    return .success(try await described.write(write, api))
                } catch {
                    return .failure(error)
                }
            })
    }

    /// The calls that reading and writing would take.
    public func plan(_ writes: [TagWrite]) -> [PlannedCall] {
        let routed = writes.map { (write: $0, tagging: tagging($0.resource)) }
        return ec2.plan(routed.filter { $0.tagging == .ec2 }.map(\.write))
            + routed.flatMap { write, tagging in tagging.api.map { DescribedTags.plan(write, $0) } ?? [] }
            + ResourceGroupsTags.plan(routed.filter(\.tagging.isResourceGroups).map(\.write))
    }

    private func tagging(_ resource: TaggableResource) -> TaggingOperation {
        chosen.operation(for: resource.type, declared: resource.tagging)
    }

    /// Hands every item to the API that its operation names, and puts the answers back in order.
    private func route<Item: Sendable, Answer: Sendable>(
        _ items: [Item], on resource: (Item) -> TaggableResource,
        ec2: ([Item]) async -> [Result<Answer, Failure>],
        groups: ([Item]) async -> [Result<Answer, Failure>],
        one: @escaping @Sendable (Item, TaggingAPI) async -> Result<Answer, Failure>
    ) async -> [Result<Answer, Failure>] {
        let operations = items.map { tagging(resource($0)) }
        var answers = [Result<Answer, Failure>?](repeating: nil, count: items.count)
        let ofEC2 = items.indices.filter { operations[$0] == .ec2 }
        if !ofEC2.isEmpty {
            for (index, answer) in zip(ofEC2, await ec2(ofEC2.map { items[$0] })) { answers[index] = answer }
        }
        let ofGroups = items.indices.filter { operations[$0].isResourceGroups }
        if !ofGroups.isEmpty {
            for (index, answer) in zip(ofGroups, await groups(ofGroups.map { items[$0] })) { answers[index] = answer }
        }
        await withTaskGroup(of: (Int, Result<Answer, Failure>).self) { group in
            var waiting = items.indices.compactMap { index in operations[index].api.map { (index, $0) } }[...]
            func startNext() {
                guard let (index, api) = waiting.popFirst() else { return }
                let item = items[index]
                group.addTask { (index, await one(item, api)) }
            }
            for _ in 0..<DescribedTags.maximumConcurrency { startNext() }
            while let (index, answer) = await group.next() {
                answers[index] = answer
                startNext()
            }
        }
        return zip(operations, answers).map { $1 ?? .failure(.unknown($0)) }
    }
}

extension Failure {
    fileprivate static func unknown(_ tagging: TaggingOperation) -> Failure {
        Failure(
            code: "unknownTaggingOperation",
            message: "no way to call \(tagging): its handler does not say how it is spelled",
            isTransient: false, kind: .configuration)
    }
}
