internal import AWSClient
internal import AutoTagger
internal import JSON

/// The Resource Groups Tagging API: for services that have no tagging operation of their own.
///
/// It answers 200 although some resources were refused, and names those in `FailedResourcesMap` ("TagResources" in its API
/// reference); the others are tagged.
struct ResourceGroupsTags {
    /// "A list of up to 20 ARNs" ("TagResources").
    static let maximumResources = 20
    /// "100 ARNs" ("GetResources").
    static let maximumReads = 100

    let client: AWSClient

    /// Tags by `GetResources`; a resource that it does not name has none or was never tagged.
    func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
        var answers = [Result<[String: String], Failure>](repeating: .success([:]), count: resources.count)
        for batch in Batch<Int>.batches(of: resources.indices, limit: Self.maximumReads, by: { resources[$0] }) {
            let call = Self.getResources(batch.members.map { resources[$0].arn })
            do {
                let reply = try await client.call(
                    AWSOperation(.tagging, call.operation), call.parameters, in: batch.scope)
                let known = Self.tags(in: reply.output)
                for index in batch.members { answers[index] = .success(known[resources[index].arn] ?? [:]) }
            } catch {
                for index in batch.members { answers[index] = .failure(Failure(error)) }
            }
        }
        return answers
    }

    /// Writes tags, twenty resources of one tag set at a time.
    func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
        var answers = [Result<TagReceipt, Failure>](
            repeating: .success(TagReceipt(requestID: nil)), count: writes.count)
        for (tags, indices) in Self.byTags(writes) {
            for batch in Batch<Int>.batches(of: indices, limit: Self.maximumResources, by: { writes[$0].resource }) {
                let call = Self.tagResources(batch.members.map { writes[$0].resource.arn }, tags)
                do {
                    let reply = try await client.call(
                        AWSOperation(.tagging, call.operation), call.parameters, in: batch.scope)
                    let refused = reply.failedParts
                    for index in batch.members {
                        if let refusal = refused[writes[index].resource.arn] {
                            answers[index] = .failure(Failure(refusal))
                        } else {
                            answers[index] = .success(TagReceipt(requestID: reply.requestID))
                        }
                    }
                } catch {
                    for index in batch.members { answers[index] = .failure(Failure(error)) }
                }
            }
        }
        return answers
    }

    /// The calls that reading and writing take.
    static func plan(_ writes: [TagWrite]) -> [PlannedCall] {
        let reads = Batch<Int>.batches(of: writes.indices, limit: maximumReads, by: { writes[$0].resource })
            .map { getResources($0.members.map { writes[$0].resource.arn }) }
        return reads
            + byTags(writes).flatMap { tags, indices in
                Batch<Int>.batches(of: indices, limit: maximumResources, by: { writes[$0].resource })
                    .map { tagResources($0.members.map { writes[$0].resource.arn }, tags) }
            }
    }

    private static func byTags(_ writes: [TagWrite]) -> [(tags: [Tag], indices: [Int])] {
        Dictionary(grouping: writes.indices) { writes[$0].tags.sorted { $0.key < $1.key } }
            .map { ($0.key, $0.value) }.sorted { $0.1[0] < $1.1[0] }
    }

    private static func getResources(_ arns: [String]) -> PlannedCall {
        PlannedCall(
            service: "tag", operation: "GetResources",
            parameters: ["ResourceARNList": .array(arns.map { .string($0) })])
    }

    private static func tagResources(_ arns: [String], _ tags: [Tag]) -> PlannedCall {
        PlannedCall(
            service: "tag", operation: "TagResources",
            parameters: [
                "ResourceARNList": .array(arns.map { .string($0) }),
                "Tags": .object(Dictionary(tags.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { $1 })),
            ])
    }

    private static func tags(in reply: JSONValue) -> [String: [String: String]] {
        var known: [String: [String: String]] = [:]
        for entry in reply["ResourceTagMappingList"]?.array ?? [] {
            guard let arn = entry["ResourceARN"]?.string else { continue }
            known[arn] = TagReply(entry, at: "Tags", isMap: false).tags
        }
        return known
    }
}

/// Some of many items, all in one place.
struct Batch<Member> {
    let scope: AWSScope
    let members: [Member]

    /// The items by account and region, so many at a time, in order.
    static func batches(
        of items: some Sequence<Member>, limit: Int, by resource: (Member) -> TaggableResource
    ) -> [Batch] {
        var order: [AWSScope] = []
        var members: [AWSScope: [Member]] = [:]
        for item in items {
            let scope = AWSScope(resource(item))
            if members[scope] == nil { order.append(scope) }
            members[scope, default: []].append(item)
        }
        return order.flatMap { scope -> [Batch] in
            let all = members[scope] ?? []
            return stride(from: 0, to: all.count, by: limit).map { start in
                Batch(scope: scope, members: Array(all[start..<min(start + limit, all.count)]))
            }
        }
    }
}
