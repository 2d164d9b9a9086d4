internal import AWSClient
internal import AutoTagger
internal import JSON

/// One bad id fails a whole `CreateTags`; here it is found, so that it does not cost the others their tags.
extension EC2Tags {
    /// Writes a batch; on a failure that only some ids can have caused, without those or by halves.
    ///
    /// EC2 mostly names the bad ids in its message. Where it does not, halving finds one among n in about 2·log₂ n calls.
    func write(_ batch: Batch) async -> [(Int, Result<TagReceipt, Failure>)] {
        var results: [(Int, Result<TagReceipt, Failure>)] = []
        var open = [batch.members]
        while let members = open.popLast() {
            guard !members.isEmpty else { continue }
            do {
                let call = Self.createTags(members.map(\.id), batch.tags)
                let reply = try await client.call(
                    AWSOperation(.ec2, call.operation), call.parameters, in: batch.scope)
                results += members.map { ($0.index, .success(TagReceipt(requestID: reply.requestID))) }
            } catch {
                let failure = Failure(error)
                guard members.count > 1, Self.mayBeOneID(error) else {
                    results += members.map { ($0.index, .failure(failure)) }
                    continue
                }
                let named = members.filter { error.message.names($0.id) }
                if !named.isEmpty, named.count < members.count {
                    results += named.map { ($0.index, .failure(failure)) }
                    open.append(members.filter { member in !named.contains { $0.index == member.index } })
                } else {
                    let half = members.count / 2
                    open.append(Array(members[half...]))
                    open.append(Array(members[..<half]))
                }
            }
        }
        return results
    }

    /// Whether the failure can be one resource's: absent, misspelt, full of tags, or in a state that refuses tags.
    private static func mayBeOneID(_ error: AWSError) -> Bool {
        guard error.kind == .service else { return false }
        return error.code.hasPrefix("Invalid") || error.code.contains("NotFound")
            || ["TagLimitExceeded", "IncorrectState", "IncorrectInstanceState"].contains(error.code)
    }

    /// The tags on `DescribeTags`' pages.
    static func tagsByID(in pages: [JSONValue]) -> [String: [String: String]] {
        var tags: [String: [String: String]] = [:]
        for page in pages {
            for item in page.member("tagSet").map(items) ?? [] {
                guard let id = item["resourceId"]?.string, let key = item["key"]?.string else { continue }
                tags[id, default: [:]][key] = item["value"]?.scalarText ?? ""
            }
        }
        return tags
    }

    private static func items(of set: JSONValue) -> [JSONValue] {
        set.member("item").map { $0.array ?? [$0] } ?? []
    }
}

extension String {
    /// Whether an id stands in the text as a word of its own: `vol-1` is not named by `vol-12`.
    fileprivate func names(_ id: String) -> Bool {
        split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == id }
    }
}
