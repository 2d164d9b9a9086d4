internal import AWSClient
internal import AutoTagger
internal import JSON

/// EC2's tagging: one call for up to 1,000 ids of any types, as long as they get the same tags.
struct EC2Tags {
    /// "Up to 1,000 resources" ("CreateTags" in the EC2 API reference).
    static let maximumResources = 1000
    /// A filter takes 200 values at most ("Filtering" in the EC2 API reference).
    static let maximumFilterValues = 200
    /// Calls under way at once: EC2's bucket for mutating calls refills slowly.
    static let maximumConcurrency = 4

    let client: AWSClient
    private let reader: AWSResourceReader

    init(client: AWSClient) {
        self.client = client
        reader = AWSResourceReader(client: client)
    }

    /// Tags by `DescribeTags`: one call for all types, and no error for an id that is gone.
    func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
        var answers = [Result<[String: String], Failure>](repeating: .success([:]), count: resources.count)
        for indices in Self.places(of: resources, limit: Self.maximumFilterValues) {
            let place = resources[indices[0]]
            let ids = indices.map { resources[$0].id }
            do {
                let pages = try await reader.read(
                    Self.describeTags(ids), accountID: place.accountID, region: place.region)
                let tags = Self.tagsByID(in: pages)
                for index in indices { answers[index] = .success(tags[resources[index].id] ?? [:]) }
            } catch {
                for index in indices { answers[index] = .failure(error) }
            }
        }
        return answers
    }

    /// One `CreateTags` a tag set and place, several at a time.
    func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
        let batches = Self.batches(writes)
        var answers = writes.map { _ in
            Result<TagReceipt, Failure>.failure(
                Failure(code: "notWritten", message: "not written", isTransient: true, kind: .service))
        }
        await withTaskGroup(of: [(Int, Result<TagReceipt, Failure>)].self) { group in
            var waiting = batches[...]
            func startNext() {
                guard let batch = waiting.popFirst() else { return }
                group.addTask { await write(batch) }
            }
            for _ in 0..<Self.maximumConcurrency { startNext() }
            while let results = await group.next() {
                for (index, answer) in results { answers[index] = answer }
                startNext()
            }
        }
        return answers
    }

    func plan(_ writes: [TagWrite]) -> [PlannedCall] {
        let resources = writes.map(\.resource)
        let reads = Self.places(of: resources, limit: Self.maximumFilterValues)
            .map { Self.describeTags($0.map { resources[$0].id }) }
        return reads + Self.batches(writes).map { Self.createTags($0.members.map(\.id), $0.tags) }
    }

    /// Resources that get the same tags in the same place.
    struct Batch: Sendable {
        let scope: AWSScope
        let tags: [Tag]
        var members: [(index: Int, id: String)]
    }

    static func batches(_ writes: [TagWrite]) -> [Batch] {
        struct Key: Hashable {
            let scope: AWSScope
            let tags: [Tag]

            /// The keys of tags are nearly always the same: only values tell writes apart.
            func hash(into hasher: inout Hasher) {
                hasher.combine(scope.region)
                for tag in tags { hasher.combine(tag.value) }
            }
        }
        var batches: [Batch] = []
        var places = [Key: Int](minimumCapacity: writes.count)
        /// The batch of the write before: an event's resources mostly get the same tags, which are compared faster than hashed.
        var latest = 0
        for (index, write) in writes.enumerated() {
            if index == 0 || !write.isLike(writes[index - 1]) {
                let key = Key(
                    scope: AWSScope(accountID: write.resource.accountID, region: write.resource.region),
                    tags: write.tags.sorted { $0.key < $1.key })
                latest = places[key, default: batches.count]
                if latest == batches.count {
                    places[key] = latest
                    batches.append(Batch(scope: key.scope, tags: key.tags, members: []))
                }
            }
            batches[latest].members.append((index, write.resource.id))
        }
        return batches.flatMap { batch in
            stride(from: 0, to: batch.members.count, by: maximumResources).map { start in
                let some = batch.members[start..<min(start + maximumResources, batch.members.count)]
                return Batch(scope: batch.scope, tags: batch.tags, members: Array(some))
            }
        }
    }

    private static func places(of resources: [TaggableResource], limit: Int) -> [[Int]] {
        let byPlace = Dictionary(grouping: resources.indices) { index in
            AWSScope(accountID: resources[index].accountID, region: resources[index].region)
        }
        return byPlace.values.sorted { $0[0] < $1[0] }.flatMap { indices in
            stride(from: 0, to: indices.count, by: limit).map { Array(indices[$0..<min($0 + limit, indices.count)]) }
        }
    }

    private static func describeTags(_ ids: [String]) -> PlannedCall {
        PlannedCall(
            service: "ec2", operation: "DescribeTags",
            parameters: ["Filter": [["Name": "resource-id", "Value": .array(ids.map { .string($0) })]]])
    }

    static func createTags(_ ids: [String], _ tags: [Tag]) -> PlannedCall {
        PlannedCall(
            service: "ec2", operation: "CreateTags",
            parameters: .object([
                "ResourceId": .array(ids.map { .string($0) }),
                "Tag": .array(tags.map { .object(["Key": .string($0.key), "Value": .string($0.value)]) }),
            ]))
    }
}

extension TagWrite {
    /// Whether it writes the same in the same place.
    fileprivate func isLike(_ other: TagWrite) -> Bool {
        tags == other.tags && resource.accountID == other.resource.accountID
            && resource.region == other.resource.region
    }
}
