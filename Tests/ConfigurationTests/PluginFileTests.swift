import AutoTagger
import Configuration
import Testing

/// What a plugin file may say, and what it is told when it says something else.
@Suite struct PluginFileTests {
    private static func file(_ lines: String) -> String {
        "plugin: acme\nsource: acme.amazonaws.com\n" + lines
    }

    @Test func defaultsAreTheCommonestFamily() throws {
        let plugin = try PluginFile(
            parsing: Self.file(
                """
                tagging: {operation: TagResource, id: resourceArn, tags: map}
                resources:
                  site: {on: CreateSite, arn: responseElements.arn}
                """), file: "acme.yaml")
        let tagging = try #require(plugin.handlers.first?.tagging)
        let api = try #require(tagging.api)
        #expect(tagging.description == "acme:TagResource")
        #expect(api.service.wire == .restJSON)
        #expect(api.service.endpointPrefix == "acme")
        #expect(api.write.method + " " + api.write.uri == "POST /tags/{resourceArn}")
        #expect(api.write.tags == "tags")
        #expect(api.read?.operation == "ListTagsForResource")
        #expect(api.read.map { $0.method + " " + $0.uri } == "GET /tags/{resourceArn}")
        #expect(
            api.permissions == [Permission("acme:TagResource", .write), Permission("acme:ListTagsForResource", .read)])
    }

    @Test func aLineSaysOnlyWhatDiffers() throws {
        let plugin = try PluginFile(
            parsing: Self.file(
                """
                tagging: {wire: query, api: 2010-05-08, operation: TagRole, id: RoleName, by: id, tags: list, read: ListRoleTags}
                resources:
                  role: {on: CreateRole, arn: responseElements.arn}
                  policy: {on: CreatePolicy, arn: responseElements.arn, tagging: {operation: TagPolicy, id: PolicyArn, by: arn, read: ListPolicyTags}}
                """), file: "acme.yaml")
        let apis = plugin.handlers.compactMap(\.tagging.api)
        #expect(apis.map(\.write.operation) == ["TagRole", "TagPolicy"])
        #expect(apis.map(\.takes) == [.id, .arn])
        #expect(apis.map(\.service.wire) == [.query, .query])
        #expect(apis.map { $0.read?.operation } == ["ListRoleTags", "ListPolicyTags"])
    }

    /// What permissions a `tagging:` asks for.
    static let permissions: [(tagging: String, asks: [Permission])] = [
        (
            "{operation: TagResource, id: arn, tags: map, permissions: [acme:PUT, acme:GET]}",
            [Permission("acme:PUT", .write), Permission("acme:GET", .read)]
        ),
        (
            "{operation: TagResource, id: arn, tags: map, read: none}",
            [Permission("acme:TagResource", .write), Permission("tag:GetResources", .read)]
        ),
        (
            "{operation: TagResource, id: arn, tags: map, tagKeys: false}",
            [Permission("acme:TagResource", .writeAnyKey), Permission("acme:ListTagsForResource", .read)]
        ),
        (
            "{operation: TagResource, id: arn, tags: map, replaces: true}",
            [Permission("acme:TagResource", .writeAnyKey), Permission("acme:ListTagsForResource", .read)]
        ),
        (
            "resource-groups",
            [
                Permission("tag:TagResources", .writeAnyKey), Permission("tag:GetResources", .read),
                Permission("acme:TagResource", .write),
            ]
        ),
        (
            "{wire: resource-groups, permissions: [acme:UpdateSite], tagKeys: false}",
            [
                Permission("tag:TagResources", .writeAnyKey), Permission("tag:GetResources", .read),
                Permission("acme:UpdateSite", .writeAnyKey),
            ]
        ),
    ]

    @Test(arguments: permissions)
    func permissionsAreStatedOrThoseOfTheOperations(tagging: String, asks: [Permission]) throws {
        let text = Self.file("tagging: \(tagging)\nresources:\n  site: {on: CreateSite, arn: responseElements.arn}")
        let plugin = try PluginFile(parsing: text, file: "acme.yaml")
        #expect(plugin.handlers.map(\.tagging.permissions) == [asks])
    }

    @Test func aLineOfAResourceGroupsFileMayHaveItsOwnPermissionsOrItsOwnAPI() throws {
        let plugin = try PluginFile(
            parsing: Self.file(
                """
                tagging: {wire: resource-groups, permissions: [acme:UpdateSite]}
                resources:
                  site: {on: CreateSite, arn: responseElements.arn}
                  page: {on: CreatePage, arn: responseElements.arn, tagging: {permissions: [acme:UpdatePage]}}
                  blog: {on: CreateBlog, arn: responseElements.arn, tagging: {operation: TagBlog, id: blogArn, tags: map}}
                """), file: "acme.yaml")
        let taggings = plugin.handlers.map(\.tagging)
        #expect(taggings.map(\.description) == ["tag:TagResources", "tag:TagResources", "acme:TagBlog"])
        #expect(taggings.prefix(2).map { $0.permissions.last?.action } == ["acme:UpdateSite", "acme:UpdatePage"])
        #expect(taggings.last?.api?.service.wire == .restJSON)
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let line: String
        let says: String
    }

    static let mistakes: [Mistake] = [
        Mistake(
            testDescription: "a key misspelt", line: "{on: CreateSite, arm: responseElements.arn}",
            says: "5:26: unknown key 'arm' (did you mean 'arn'?)"),
        Mistake(testDescription: "no event", line: "{arn: responseElements.arn}", says: "5:9: 'on' is missing"),
        Mistake(
            testDescription: "a path that begins nowhere", line: "{on: CreateSite, arn: responseElement.arn}",
            says: "5:31: 'responseElement.arn' is no path"),
        Mistake(
            testDescription: "an id that is no path",
            line: "{on: CreateSite, id: responseElement.id, arn: responseElements.arn}",
            says: "(did you mean 'responseElements'?)"),
        Mistake(
            testDescription: "a name misspelt in a template",
            line: #"{on: CreateSite, arn: "arn:aws:acme:${regoin}:x"}"#, says: "(did you mean 'region'?)"),
        Mistake(
            testDescription: "an ARN of an id without an id", line: #"{on: CreateSite, arn: "arn:aws:acme:::${id}"}"#,
            says: "the ARN refers to ${id}, but there is no 'id'"),
        Mistake(
            testDescription: "an unknown filter",
            line: #"{on: CreateSite, id: responseElements.id, arn: "arn:aws:acme:::${id | lst}"}"#,
            says: "unknown filter 'lst'"),
        Mistake(
            testDescription: "a condition without a path",
            line: "{on: CreateSite, arn: responseElements.arn, when: '!'}",
            says: "'!' is no path"),
        Mistake(
            testDescription: "an unknown wire", line: "{on: C, arn: responseElements.a, tagging: {wire: rest_json}}",
            says: "(did you mean 'rest-json'?)"),
        Mistake(
            testDescription: "tags in no known form", line: "{on: C, arn: responseElements.a, tagging: {tags: lists}}",
            says: "(did you mean 'list'?)"),
        Mistake(
            testDescription: "a json API without a target",
            line: "{on: C, arn: responseElements.a, tagging: {wire: json}}",
            says: "'target' is missing"),
        Mistake(
            testDescription: "a query API without a date",
            line: "{on: C, arn: responseElements.a, tagging: {wire: query}}",
            says: "'api' is missing"),
        Mistake(
            testDescription: "a word for tagging", line: "{on: C, arn: responseElements.a, tagging: resource-group}",
            says: "(did you mean 'resource-groups'?)"),
        Mistake(
            testDescription: "an unknown name among the members",
            line: #"{on: C, arn: responseElements.a, tagging: {with: {Type: "${resorce}"}}}"#,
            says: "(did you mean 'resource'?)"),
    ]

    @Test(arguments: mistakes)
    func namesThePlaceAndTheRightWord(_ mistake: Mistake) throws {
        let text = Self.file(
            """
            tagging: {operation: TagResource, id: resourceArn, tags: map}
            resources:
              site: \(mistake.line)
            """)
        let error = #expect(throws: ConfigurationError.self) { try PluginFile(parsing: text, file: "acme.yaml") }
        #expect(error?.description.contains(mistake.says) == true, "\(error?.description ?? "")")
        #expect(error?.problems.allSatisfy { $0.file == "acme.yaml" && $0.line != nil && $0.column != nil } == true)
    }
}
