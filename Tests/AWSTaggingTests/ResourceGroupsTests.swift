import AWSTagging
import AutoTagger
import CurlHTTP
import JSON
import Testing

/// The API of last resort: twenty ARNs a call, and failures inside a 200.
@Suite struct ResourceGroupsTests {
    private static func resources(_ count: Int) throws -> [TaggableResource] {
        try (0..<count).map { number in
            try Declared.resource(
                "resource-groups", id: "\(number)", arn: "arn:aws:sample:eu-west-1:123456789012:thing/\(number)")
        }
    }

    @Test func reportsWhatWasRefusedInsideA200() async throws {
        let resources = try Self.resources(20)
        let refused = resources[..<3].map {
            #""\#($0.arn)":{"StatusCode":400,"ErrorCode":"InvalidParameterException","ErrorMessage":"not yours"}"#
        }
        let aws = ScriptedAWS { _ in .ok(#"{"FailedResourcesMap":{\#(refused.joined(separator: ","))}}"#) }
        let answers = await aws.writer.write(
            resources.map { TagWrite(resource: $0, tags: [Tag(key: "Creator", value: "bob")]) })
        #expect(aws.requests.count == 1)
        #expect(answers.count { (try? $0.get()) != nil } == 17)
        for answer in answers[..<3] {
            let failure = #expect(throws: Failure.self) { try answer.get() }
            #expect(failure?.code == "InvalidParameterException")
            #expect(failure?.message == "not yours")
        }
    }

    /// The settings may choose it in place of a service's own API, type by type.
    @Test(arguments: [
        ("sample:thing", true), ("sample:*", true), ("*", true), ("other:*", false), ("sample:thin", false),
    ])
    func isTakenByChoice(glob: String, isChosen: Bool) async throws {
        let arn = "arn:aws:sample:eu-west-1:123456789012:thing/1"
        let resource = try Declared.resource(
            "{operation: TagResource, id: resourceArn, tags: map}", id: "1", arn: arn)
        let aws = ScriptedAWS { _ in .ok("{}") }
        let writer = aws.writer(TaggingRoute(resourceGroups: [Glob(glob)]))
        let write = TagWrite(resource: resource, tags: [Tag(key: "Creator", value: "bob")])
        #expect(await writer.read([resource]) == [.success([:])])
        #expect(await writer.write([write]).allSatisfy { (try? $0.get()) != nil })
        let hosts = aws.requests.map { $0.url.contains("//tagging.eu-west-1.") }
        #expect(hosts == [isChosen, isChosen])
        let calls = writer.plan([write]).map(\.operation)
        #expect(calls == (isChosen ? ["GetResources", "TagResources"] : ["ListTagsForResource", "TagResource"]))
    }

    @Test func throttledOnesAreWorthAnotherTry() async throws {
        let resources = try Self.resources(1)
        let aws = ScriptedAWS { _ in
            .ok(
                #"{"FailedResourcesMap":{"\#(resources[0].arn)":{"StatusCode":429,"ErrorCode":"ThrottlingException"}}}"#
            )
        }
        let answers = await aws.writer.write([TagWrite(resource: resources[0], tags: [Tag(key: "a", value: "b")])])
        #expect(#expect(throws: Failure.self) { try answers[0].get() }?.isTransient == true)
    }

    @Test func takesTwentyAtATime() async throws {
        let aws = ScriptedAWS { _ in .ok("{}") }
        let answers = await aws.writer.write(
            try Self.resources(45).map { TagWrite(resource: $0, tags: [Tag(key: "Creator", value: "bob")]) })
        #expect(answers.allSatisfy { (try? $0.get()) != nil })
        let sizes = try aws.requests.map { try JSONValue(parsing: $0.body)["ResourceARNList"]?.array?.count }
        #expect(sizes == [20, 20, 5])
    }

    @Test func readsTagsByARN() async throws {
        let resources = try Self.resources(2)
        let aws = ScriptedAWS { _ in
            .ok(
                #"{"ResourceTagMappingList":[{"ResourceARN":"\#(resources[1].arn)","#
                    + #""Tags":[{"Key":"Owner","Value":"ann"}]}]}"#)
        }
        #expect(await aws.writer.read(resources) == [.success([:]), .success(["Owner": "ann"])])
    }
}
