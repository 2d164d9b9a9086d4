public import AWSClient
public import AutoTagger

/// Reads and writes tags through the service's own API, as each resource's handler declares it.
public struct AWSTagWriter: TagWriter {
    private let ec2: EC2Tags

    /// A writer over a client.
    public init(client: AWSClient) { ec2 = EC2Tags(client: client) }

    /// The tags that resources carry now.
    public func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
        await route(resources, by: \.tagging) { await ec2.read($0) }
    }

    /// Writes tags, in as few calls as the service allows.
    public func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
        await route(writes, by: \.resource.tagging) { await ec2.write($0) }
    }

    /// The calls that reading and writing would take.
    public func plan(_ writes: [TagWrite]) -> [PlannedCall] {
        ec2.plan(writes.filter { $0.resource.tagging == EC2Tags.operation })
    }

    /// Hands every item to the API that its tagging operation names, and puts the answers back in order.
    private func route<Item: Sendable, Answer>(
        _ items: [Item], by tagging: (Item) -> TaggingOperation,
        _ perform: ([Item]) async -> [Result<Answer, Failure>]
    ) async -> [Result<Answer, Failure>] {
        var answers = items.map { Result<Answer, Failure>.failure(.noWriter(tagging($0))) }
        let mine = items.indices.filter { tagging(items[$0]) == EC2Tags.operation }
        guard !mine.isEmpty else { return answers }
        for (index, answer) in zip(mine, await perform(mine.map { items[$0] })) { answers[index] = answer }
        return answers
    }
}

extension Failure {
    fileprivate static func noWriter(_ tagging: TaggingOperation) -> Failure {
        Failure(
            code: "unknownTaggingOperation",
            message: "no way to call \(tagging): this version writes tags with \(EC2Tags.operation) only",
            isTransient: false, kind: .configuration)
    }
}
