import AutoTagger
import CloudTrail
import JSON
import Testing

@Suite struct TagTests {
    @Test(
        arguments: [
            ("alice@example.com", "alice@example.com"), ("Ann+x=y,z", "Ann+x=y_z"), ("Zoë Müller 山田", "Zoë Müller 山田"),
            ("  a \n b  ", "a b"), ("a<b>&\"c\"", "a_b___c_"), ("aws:me", "aws_me"), ("AWS:me", "aws_me"), ("", nil),
            (" \t ", nil), ("emoji 🎉", "emoji _"), ("cafe\u{301}", "café"), ("x\u{0}y", "x_y"),
            ("arn:aws:iam::1:user/a", "arn:aws:iam::1:user/a"),
            ("UserName: a, Role: b (role)", "UserName: a_ Role: b _role_"),
        ] as [(String, String?)])
    func valuesAreMadeLegal(text: String, legal: String?) {
        #expect(LegalTag.value(text) == legal)
    }

    @Test func longValuesAreCutAtTheLimitAndNeverInsideACharacter() {
        #expect(LegalTag.value(String(repeating: "a", count: 300))?.utf16.count == 256)
        let wide = LegalTag.value(String(repeating: "𝒜", count: 200))
        #expect(wide?.utf16.count == 256 && wide?.count == 128)
        #expect(LegalTag.value(String(repeating: "a", count: 255) + " b")?.count == 255)
    }

    @Test(arguments: ["", "aws:x", "AWS:x", " a", "a ", "a,b", "a\nb", String(repeating: "k", count: 129)])
    func badKeysAreRefused(key: String) {
        #expect(LegalTag.mistake(inKey: key) != nil)
    }

    @Test(arguments: ["Creator", "cost:center", "a b", "Größe", String(repeating: "k", count: 128)])
    func goodKeysAreTaken(key: String) {
        #expect(LegalTag.mistake(inKey: key) == nil)
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("${a}", "1"), ("x-${a}-${b}", "x-1-2"), ("${none ?? a}", "1"), ("${none}", nil),
            ("x ${none} y", nil), ("${none ?? 'text'}", "text"), ("${none ?? \"t\"}", "t"), ("${ a }", "1"),
            ("$a $", "$a $"),
            ("${empty ?? b}", "2"), ("${none ?? empty}", nil),
        ] as [(String, String?)])
    func templatesRenderWholeOrNotAtAll(text: String, expected: String?) throws {
        let values = ["a": "1", "b": "2", "empty": ""]
        #expect(try Template(text, check: { _ in nil }).render { values[$0] } == expected)
    }

    @Test(arguments: ["${", "${}", "${a", "x ${a ?? } y", "${'open}", "${bad}"])
    func badTemplatesAreRefused(text: String) {
        #expect(throws: Template.Mistake.self) { try Template(text, check: { $0 == "bad" ? "no" : nil }) }
    }

    @Test(arguments: [
        ("identity.name", true), ("identity.nmae", false), ("event.time", true), ("event.userAgent", true),
        ("event.requestParameters.instanceType", true), ("event.", false), ("event.a..b", false), ("parent.id", true),
        ("parent.arn", false), ("resource.type", true), ("name", false), ("", false),
    ])
    func namesAreChecked(name: String, isKnown: Bool) {
        #expect((TagFields.mistake(in: name) == nil) == isKnown)
    }

    @Test func anyFieldOfTheEventCanBecomeATag() throws {
        let event = CloudTrailEvent(record: [
            "eventTime": "2026-01-02T03:04:05Z", "sourceIPAddress": "192.0.2.1", "awsRegion": "eu-west-1",
            "requestParameters": ["instancesSet": ["items": [["imageId": "ami-1"]]]],
        ])
        let resource = TaggableResource(
            type: ResourceType("ec2", "volume"), id: "vol-1", arn: "arn:aws:ec2:eu-west-1:1:volume/vol-1",
            accountID: "1",
            region: "eu-west-1", parent: .init(type: ResourceType("ec2", "instance"), id: "i-1"),
            tagging: TaggingOperation("ec2", "CreateTags"))
        let policy = TagPolicy(rules: [
            try .init(key: "ip", value: "${event.sourceIPAddress}"), try .init(key: "day", value: "${event.date}"),
            try .init(key: "ami", value: "${event.requestParameters.instancesSet.items[].imageId}"),
            try .init(key: "of", value: "${parent.type}/${parent.id}"), try .init(key: "team", value: "static"),
            try .init(key: "only", value: "x", types: ["ec2:instance"]),
            try .init(key: "mail", value: "${identity.email}"),
        ])
        let tags = policy.tags(
            for: resource, identity: Identity(type: "IAMUser", name: "ann", confidence: .certain), event: event)
        #expect(
            tags.map { "\($0.key)=\($0.value)" } == [
                "ip=192.0.2.1", "day=2026-01-02", "ami=ami-1", "of=ec2:instance/i-1", "team=static",
            ])
    }

    @Test func resourcesOfAnEventDifferWhereTheirRulesDo() throws {
        let event = CloudTrailEvent(record: ["eventTime": "2026-01-02T03:04:05Z", "awsRegion": "eu-west-1"])
        let identity = Identity(type: "IAMUser", name: "ann", confidence: .certain)
        let policy = TagPolicy(rules: [
            try .init(key: "who", value: "${identity.name}"), try .init(key: "id", value: "${resource.id}"),
            try .init(key: "of", value: "${parent.id ?? identity.name}"),
            try .init(key: "mail", value: "${identity.email}"),
            try .init(key: "volume", value: "${event.date}", types: ["EC2:Vol*"]),
        ])
        let instance = ResourceType("ec2", "instance")
        let cases: [(ResourceType, String, TaggableResource.Parent?, [String])] = [
            (instance, "i-1", nil, ["who=ann", "id=i-1", "of=ann"]),
            (
                ResourceType("ec2", "volume"), "vol-1", .init(type: instance, id: "i-1"),
                ["who=ann", "id=vol-1", "of=i-1", "volume=2026-01-02"]
            ),
            (
                ResourceType("ec2", "volume"), "vol-2", .init(type: instance, id: "i-2"),
                ["who=ann", "id=vol-2", "of=i-2", "volume=2026-01-02"]
            ),
        ]
        for (type, id, parent, expected) in cases {
            let resource = TaggableResource(
                type: type, id: id, arn: "arn:aws:ec2:eu-west-1:1:\(type.resource)/\(id)", accountID: "1",
                region: "eu-west-1", parent: parent, tagging: .ec2)
            let tags = policy.tags(for: resource, identity: identity, event: event)
            #expect(tags.map { "\($0.key)=\($0.value)" } == expected)
        }
    }
}
