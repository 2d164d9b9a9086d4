internal import AWSClient
internal import AutoTagger
internal import JSON

/// Tagging by description: one implementation for every service that says in ``TaggingAPI`` how it tags.
struct DescribedTags {
    /// Calls under way at once: AWS's tagging APIs allow a handful a second.
    static let maximumConcurrency = 8
    /// More pages than a resource's tags can fill.
    static let maximumPages = 20

    let client: AWSClient

    /// The tags of one resource.
    func read(_ resource: TaggableResource, _ api: TaggingAPI) async throws(Failure) -> [String: String] {
        guard let call = api.read else {
            let answers = await ResourceGroupsTags(client: client).read([resource])
            return try answers.first?.get() ?? [:]
        }
        var tags: [String: String] = [:]
        var input = api.input(call, for: resource)
        for _ in 0..<Self.maximumPages {
            let reply: AWSReply
            do {
                reply = try await client.call(api.operation(call), input, in: AWSScope(resource))
            } catch {
                // S3 says so where a bucket has no tags.
                if error.code == "NoSuchTagSet" { return [:] }
                throw Failure(error)
            }
            tags.merge(TagReply(reply.output, at: call.tags, isMap: api.form == .map).tags) { $1 }
            guard let next = Self.nextPage(after: reply.output, of: input) else { break }
            input = next
        }
        return tags
    }

    /// The input for the page after a reply; `nil` after the last one.
    ///
    /// Every service that pages through tags calls its token `NextToken` or `nextToken`, in replies and requests alike.
    private static func nextPage(after reply: JSONValue, of input: JSONValue) -> JSONValue? {
        for name in TaggingAPI.pageTokens {
            guard let token = reply[name]?.string, !token.isEmpty, var members = input.object else { continue }
            members[name] = .string(token)
            return .object(members)
        }
        return nil
    }

    /// Writes tags on one resource; where the service replaces the whole set, along with those that are there.
    ///
    /// When those cannot be read, nothing is written: the write would take them away.
    func write(_ write: TagWrite, _ api: TaggingAPI) async throws(Failure) -> TagReceipt {
        var tags = write.tags
        if api.replacesAll {
            let ours = Set(tags.map(\.key))
            let present = try await read(write.resource, api)
            tags += present.filter { !ours.contains($0.key) && !$0.key.hasPrefix("aws:") }
                .sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }
        }
        do {
            let input = api.input(writing: tags, on: write.resource)
            let reply = try await client.call(api.operation(api.write), input, in: AWSScope(write.resource))
            return TagReceipt(requestID: reply.requestID)
        } catch {
            throw Failure(error)
        }
    }

    /// The two calls that a write takes.
    static func plan(_ write: TagWrite, _ api: TaggingAPI) -> [PlannedCall] {
        let service = write.resource.tagging.service
        let reading = api.read.map {
            PlannedCall(service: service, operation: $0.operation, parameters: api.input($0, for: write.resource))
        }
        let writing = PlannedCall(
            service: service, operation: api.write.operation,
            parameters: api.input(writing: write.tags, on: write.resource))
        return [reading, writing].compactMap(\.self)
    }
}

extension AWSScope {
    /// Where a resource is.
    init(_ resource: TaggableResource) {
        self.init(accountID: resource.accountID, region: resource.region)
    }
}
