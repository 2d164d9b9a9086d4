import AWSTagging
import AutoTagger
import CurlHTTP
import Testing

/// S3 replaces all tags of a bucket at once: what is there must be written along, and unread tags must not be lost.
@Suite struct ReplacingTests {
    private static let tagging = """
        {wire: rest-xml, endpoint: s3, operation: PutBucketTagging, id: Bucket, by: id, uri: "PUT /{Bucket}?tagging", \
        tags: list, in: Tagging.TagSet, element: Tag, replaces: true, checksum: true, \
        read: {operation: GetBucketTagging, in: TagSet}}
        """

    private static func bucket() throws -> TaggableResource {
        try Declared.resource(tagging, id: "my.bucket", arn: "arn:aws:s3:::my.bucket")
    }

    private static let tags = [Tag(key: "Creator", value: "bob")]

    @Test func keepsWhatIsThere() async throws {
        let aws = ScriptedAWS { request in
            request.method == "GET"
                ? .ok(
                    "<Tagging><TagSet><Tag><Key>Team</Key><Value>a&amp;b</Value></Tag>"
                        + "<Tag><Key>aws:x</Key><Value>1</Value></Tag></TagSet></Tagging>")
                : HTTPResponse(status: 204)
        }
        let answers = await aws.writer.write([TagWrite(resource: try Self.bucket(), tags: Self.tags)])
        #expect(throws: Never.self) { try answers[0].get() }
        #expect(
            aws.requests.last?.bodyText == "<Tagging><TagSet><Tag><Key>Creator</Key><Value>bob</Value></Tag>"
                + "<Tag><Key>Team</Key><Value>a&amp;b</Value></Tag></TagSet></Tagging>")
        #expect(aws.requests.last?.headers.contains { $0.name == "Content-MD5" } == true)
    }

    @Test func aBucketWithoutTagsHasNone() async throws {
        let aws = ScriptedAWS { request in
            request.method == "GET"
                ? .refused(404, "<Error><Code>NoSuchTagSet</Code><Message>none</Message></Error>")
                : HTTPResponse(status: 204)
        }
        #expect(await aws.writer.read([try Self.bucket()]) == [.success([:])])
        let answers = await aws.writer.write([TagWrite(resource: try Self.bucket(), tags: Self.tags)])
        #expect(throws: Never.self) { try answers[0].get() }
    }

    @Test(arguments: [(403, "AccessDenied"), (404, "NoSuchBucket"), (500, "InternalError")])
    func writesNothingWhenItCannotRead(status: Int, code: String) async throws {
        let aws = ScriptedAWS { _ in .refused(status, "<Error><Code>\(code)</Code><Message>no</Message></Error>") }
        let answers = await aws.writer.write([TagWrite(resource: try Self.bucket(), tags: Self.tags)])
        #expect(throws: Failure.self) { try answers[0].get() }
        #expect(aws.requests.allSatisfy { $0.method == "GET" })
    }
}
