import AutoTagger
import CloudTrail
import Configuration
import JSON
import Testing

/// What a line finds in a record.
@Suite struct FindingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let line: String
        var request: JSONValue = .null
        var response: JSONValue = .null
        let found: [String]
    }

    static let cases: [Case] = [
        Case(
            testDescription: "the ARN as it stands", line: "{on: X, arn: responseElements.arn}",
            response: ["arn": "arn:aws:acme:eu-west-1:123456789012:site/s-1"],
            found: ["s-1 arn:aws:acme:eu-west-1:123456789012:site/s-1"]),
        Case(
            testDescription: "an ARN made of the request where the response is null",
            line:
                #"{on: X, arn: "responseElements.arn ?? arn:${partition}:acme:${region}:${account}:site/${requestParameters.name}"}"#,
            request: ["name": "blue"], found: ["blue arn:aws:acme:eu-west-1:123456789012:site/blue"]),
        Case(
            testDescription: "the response where there is one",
            line:
                #"{on: X, arn: "responseElements.arn ?? arn:${partition}:acme:${region}:${account}:site/${requestParameters.name}"}"#,
            request: ["name": "blue"], response: ["arn": "arn:aws:acme:::site/real"],
            found: ["real arn:aws:acme:::site/real"]),
        Case(
            testDescription: "several ids, an ARN each",
            line: #"{on: X, id: "responseElements.list[].id", arn: "arn:aws:acme:::${id}"}"#,
            response: ["list": [["id": "a"], ["id": "b"]]], found: ["a arn:aws:acme:::a", "b arn:aws:acme:::b"]),
        Case(
            testDescription: "the last part of an id",
            line: #"{on: X, id: responseElements.id | last, arn: "arn:aws:acme:::zone/${id}"}"#,
            response: ["id": "/hostedzone/Z1"], found: ["Z1 arn:aws:acme:::zone/Z1"]),
        Case(
            testDescription: "a name without its slash in the ARN, but with it as the id",
            line: #"{on: X, id: requestParameters.name, arn: "arn:aws:acme:::parameter/${id | relative}"}"#,
            request: ["name": "/a/b"], found: ["/a/b arn:aws:acme:::parameter/a/b"]),
        Case(
            testDescription: "what stands after the first slash",
            line: #"{on: X, id: responseElements.arn | rest, arn: responseElements.arn}"#,
            response: ["arn": "arn:aws:acme:::meta/a/b"], found: ["a/b arn:aws:acme:::meta/a/b"]),
        Case(
            testDescription: "nothing where a condition is not met",
            line: "{on: X, arn: responseElements.arn, when: responseElements.new}",
            response: ["arn": "arn:aws:acme:::x"], found: []),
        Case(
            testDescription: "nothing where something must not be there",
            line: "{on: X, arn: responseElements.arn, when: '!responseElements.new'}",
            response: ["arn": "arn:aws:acme:::x", "new": "1"], found: []),
        Case(
            testDescription: "nothing where a part of the ARN is missing",
            line: #"{on: X, arn: "arn:aws:acme:::${requestParameters.name}"}"#, found: []),
    ]

    @Test(arguments: cases)
    func finds(_ example: Case) throws {
        let text = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: {operation: TagResource, id: resourceArn, tags: map}
            resources:
              site: \(example.line)
            """
        let handler = try #require(try PluginFile(parsing: text, file: "acme.yaml").handlers.first)
        let event = CloudTrailEvent(record: [
            "eventSource": "acme.amazonaws.com", "eventName": "X", "awsRegion": "eu-west-1",
            "recipientAccountId": "123456789012", "requestParameters": example.request,
            "responseElements": example.response,
        ])
        #expect(handler.find(in: event).resources.map { "\($0.id) \($0.arn)" } == example.found)
    }

    @Test func valuesLoseWhatTheServiceRefuses() throws {
        let text = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: {operation: TagResource, id: resourceArn, tags: map, refuses: " @"}
            resources:
              site: {on: X, arn: responseElements.arn}
            """
        let handler = try #require(try PluginFile(parsing: text, file: "acme.yaml").handlers.first)
        let event = CloudTrailEvent(record: [
            "eventSource": "acme.amazonaws.com", "eventName": "X", "awsRegion": "eu-west-1",
            "recipientAccountId": "123456789012", "responseElements": ["arn": "arn:aws:acme:::x"],
            "requestParameters": ["owner": "ann b@example.com"],
        ])
        let resource = try #require(handler.find(in: event).resources.first)
        let policy = TagPolicy(rules: [try .init(key: "Owner", value: "${event.requestParameters.owner}")])
        let tags = policy.tags(for: resource, identity: IdentityResolver().resolve(event), event: event)
        #expect(tags == [Tag(key: "Owner", value: "ann_b_example.com")])
    }
}
