import AWSTagging
import AutoTagger
import CurlHTTP
import Testing

/// One API of each family: the bytes that go out, and the tags that are read from what comes back.
@Suite struct WireTests {
    struct Family: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let tagging: String
        var id = "thing-1"
        let read: String
        var readBody = ""
        let reply: String
        let write: String
        let writeBody: String
    }

    static let arn = "arn:aws:sample:eu-west-1:123456789012:thing/thing-1"
    static let inPath = "arn%3Aaws%3Asample%3Aeu-west-1%3A123456789012%3Athing%2Fthing-1"

    static let families: [Family] = [
        Family(
            testDescription: "rest-json with a map, all defaults",
            tagging: "{operation: TagResource, id: resourceArn, tags: map}",
            read: "GET /tags/\(inPath)", reply: #"{"tags":{"Owner":"ann"}}"#,
            write: "POST /tags/\(inPath)", writeBody: #"{"tags":{"Creator":"bob"}}"#),
        Family(
            testDescription: "rest-json with a list, the ARN in the query",
            tagging: #"{operation: TagResource, id: resourceArn, uri: "PUT /v1/tag?resourceArn={resourceArn}","#
                + #" tags: list, read: {uri: "GET /v1/tags?resourceArn={resourceArn}"}}"#,
            read: "GET /v1/tags?resourceArn=\(inPath)", reply: #"{"tags":[{"key":"Owner","value":"ann"}]}"#,
            write: "PUT /v1/tag?resourceArn=\(inPath)", writeBody: #"{"tags":[{"key":"Creator","value":"bob"}]}"#),
        Family(
            testDescription: "json with names of its own for keys and values",
            tagging: "{wire: json, target: Trent, operation: TagResource, id: KeyId, by: id, tags: list, key: TagKey,"
                + " value: TagValue, read: ListResourceTags}",
            read: "POST /", readBody: #"{"KeyId":"thing-1"}"#,
            reply: #"{"Tags":[{"TagKey":"Owner","TagValue":"ann"}],"Truncated":false}"#,
            write: "POST /",
            writeBody: #"{"KeyId":"thing-1","Tags":[{"TagKey":"Creator","TagValue":"bob"}]}"#),
        Family(
            testDescription: "query with a named element",
            tagging: "{wire: query, api: 2014-10-31, operation: AddTagsToResource, id: ResourceName, tags: list,"
                + " element: Tag, read: {in: TagList}}",
            read: "POST /",
            readBody: "Action=ListTagsForResource&Version=2014-10-31&ResourceName=\(inPath)",
            reply: "<R><ListTagsForResourceResult><TagList><Tag><Key>Owner</Key><Value>ann</Value></Tag></TagList>"
                + "</ListTagsForResourceResult></R>",
            write: "POST /",
            writeBody: "Action=AddTagsToResource&Version=2014-10-31&ResourceName=\(inPath)"
                + "&Tags.Tag.1.Key=Creator&Tags.Tag.1.Value=bob"),
        Family(
            testDescription: "query with a list of ids and a reply by resource",
            tagging:
                #"{wire: query, api: 2012-06-01, operation: AddTags, id: "LoadBalancerNames[]", by: id, tags: list,"#
                + #" read: {operation: DescribeTags, in: "TagDescriptions[].Tags"}}"#,
            read: "POST /",
            readBody: "Action=DescribeTags&Version=2012-06-01&LoadBalancerNames.member.1=thing-1",
            reply: "<R><DescribeTagsResult><TagDescriptions><member><LoadBalancerName>thing-1</LoadBalancerName>"
                + "<Tags><member><Key>Owner</Key><Value>ann</Value></member></Tags></member></TagDescriptions>"
                + "</DescribeTagsResult></R>",
            write: "POST /",
            writeBody: "Action=AddTags&Version=2012-06-01&LoadBalancerNames.member.1=thing-1"
                + "&Tags.member.1.Key=Creator&Tags.member.1.Value=bob"),
        Family(
            testDescription: "query with more in every tag, asked for by a filter",
            tagging: #"{wire: query, api: 2011-01-01, operation: CreateOrUpdateTags, by: id, tags: list,"#
                + #" each: {ResourceId: "${id}", PropagateAtLaunch: false},"#
                + #" read: {operation: DescribeTags, id: "", with: {Filters: [{Name: group, Values: ["${id}"]}]}}}"#,
            read: "POST /",
            readBody: "Action=DescribeTags&Version=2011-01-01&Filters.member.1.Name=group"
                + "&Filters.member.1.Values.member.1=thing-1",
            reply: "<R><DescribeTagsResult><Tags><member><Key>Owner</Key><Value>ann</Value></member></Tags>"
                + "</DescribeTagsResult></R>",
            write: "POST /",
            writeBody: "Action=CreateOrUpdateTags&Version=2011-01-01&Tags.member.1.Key=Creator"
                + "&Tags.member.1.PropagateAtLaunch=false&Tags.member.1.ResourceId=thing-1&Tags.member.1.Value=bob"),
        Family(
            testDescription: "rest-xml with a wrapped list",
            tagging:
                #"{wire: rest-xml, operation: TagResource, id: Resource, tags: list, in: Tags.Items, element: Tag,"#
                + #" uri: "/tagging?Operation=Tag&Resource={Resource}","#
                + #" read: {uri: "GET /tagging?Resource={Resource}", in: Items}}"#,
            read: "GET /tagging?Resource=\(inPath)",
            reply: "<Tags><Items><Tag><Key>Owner</Key><Value>ann</Value></Tag></Items></Tags>",
            write: "POST /tagging?Operation=Tag&Resource=\(inPath)",
            writeBody: "<Tags><Items><Tag><Key>Creator</Key><Value>bob</Value></Tag></Items></Tags>"),
        Family(
            testDescription: "rest-xml with the type in the path",
            tagging:
                #"{wire: rest-xml, operation: ChangeTagsForResource, id: ResourceId, by: id, tags: list, in: AddTags,"#
                + #" element: Tag, uri: "/v1/tags/{ResourceType}/{ResourceId}", with: {ResourceType: "${resource}"},"#
                + #" read: {in: ResourceTagSet.Tags}}"#,
            read: "GET /v1/tags/thing/thing-1",
            reply: "<R><ResourceTagSet><Tags><Tag><Key>Owner</Key><Value>ann</Value></Tag></Tags></ResourceTagSet></R>",
            write: "POST /v1/tags/thing/thing-1",
            writeBody:
                "<ChangeTagsForResourceRequest><AddTags><Tag><Key>Creator</Key><Value>bob</Value></Tag></AddTags>"
                + "</ChangeTagsForResourceRequest>"),
    ]

    @Test(arguments: families)
    func readsAndWrites(_ family: Family) async throws {
        let resource = try Declared.resource(family.tagging, id: family.id, arn: Self.arn)
        let aws = ScriptedAWS { _ in .ok(family.reply) }
        #expect(await aws.writer.read([resource]) == [.success(["Owner": "ann"])])
        let answers = await aws.writer.write([
            TagWrite(resource: resource, tags: [Tag(key: "Creator", value: "bob")])
        ])
        #expect(answers.count == 1)
        #expect(throws: Never.self) { try answers[0].get() }
        #expect(aws.requests.map(\.line) == [family.read, family.write])
        #expect(aws.requests.map(\.bodyText) == [family.readBody, family.writeBody])
    }

    @Test func followsPages() async throws {
        let resource = try Declared.resource(
            "{wire: json, target: T, operation: TagResource, id: Arn, tags: list}", id: "thing-1", arn: Self.arn)
        let aws = ScriptedAWS { request in
            request.bodyText.contains("more")
                ? .ok(#"{"Tags":[{"Key":"b","Value":"2"}]}"#)
                : .ok(#"{"Tags":[{"Key":"a","Value":"1"}],"NextToken":"more"}"#)
        }
        #expect(await aws.writer.read([resource]) == [.success(["a": "1", "b": "2"])])
        #expect(aws.requests.count == 2)
    }
}
