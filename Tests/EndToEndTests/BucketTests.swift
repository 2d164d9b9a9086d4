import Foundation
import JSON
import Testing

/// S3 takes all tags of a bucket at once: whatever is there must be read first, and written along.
@Suite("A bucket", .needsFakeAWS, .timeLimit(.minutes(5)))
struct BucketTests {
    @Test("keeps the tags that it has")
    func keepsItsTags() async throws {
        try await Workspace.with { place in
            let made = try await bucket(place, tags: ["Team": "web", "Cost Center": "4711 & more"])
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            let tags = try await tags(of: made, place)
            #expect(tags["Creator"] == "alice")
            #expect(tags["Team"] == "web" && tags["Cost Center"] == "4711 & more", "\(tags)")
            #expect(tags.keys.sorted() == ["Cost Center", "CreatedAt", "Creator", "CreatorArn", "Team"])
        }
    }

    @Test("without tags, which S3 calls an error, gets its maker's")
    func withoutTags() async throws {
        try await Workspace.with { place in
            let made = try await bucket(place, tags: [:])
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await tags(of: made, place)["Creator"] == "alice")
        }
    }

    @Test(
        "whose tags cannot be read is not written to",
        arguments: [(403, "AccessDenied", 77), (409, "OperationAborted", 75), (400, "InvalidRequest", 75)])
    func unreadable(status: Int64, code: String, exit: Int32) async throws {
        try await Workspace.with { place in
            let made = try await bucket(place, tags: ["Team": "web"])
            let reading = "GET /\(try name(made))?tagging"
            try await place.refuse(reading, status, code, times: 100)
            let run = try await place.process(made.event, options: ["--config", try place.impatience()])
            #expect(run.status == exit && run.outcomes != ["tagged"], "\(run.account)")
            #expect(run.output.contains(code), "\(run.account)")
            #expect(try await tags(of: made, place) == ["Team": "web"])
            let calls = try await place.calls()
            #expect(calls.contains(reading) && !calls.contains { $0.hasPrefix("PUT") }, "\(calls)")
        }
    }

    private func bucket(_ place: Workspace, tags: [String: String]) async throws -> Witnessed {
        let name = JSONValue.string("bucket-" + UUID().uuidString.lowercased())
        let made = try await place.witness.call("s3", "create_bucket", ["Bucket": name])
        let set = tags.map { JSONValue.object(["Key": .string($0.key), "Value": .string($0.value)]) }
        if !set.isEmpty {
            _ = try await place.witness.call(
                "s3", "put_bucket_tagging", ["Bucket": name, "Tagging": ["TagSet": .array(set)]])
        }
        return made
    }

    private func tags(of made: Witnessed, _ place: Workspace) async throws -> [String: String] {
        try await place.witness.call("s3", "get_bucket_tagging", ["Bucket": .string(try name(made))]).tags
    }

    private func name(_ made: Witnessed) throws -> String {
        try #require(made.event["requestParameters"]?["bucketName"]?.string)
    }
}
