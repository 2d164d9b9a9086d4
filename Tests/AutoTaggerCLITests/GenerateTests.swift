import Foundation
import JSON
import Testing

/// What is derived from the handlers: it fits AWS's limits and leaves no handler out.
@Suite struct GenerateTests {
    private static func json(_ arguments: [String]) async throws -> JSONValue {
        try JSONValue(parsing: await CommandRun.of(arguments).output)
    }

    /// The (source, name) pairs of the handlers that are switched on.
    private static func enabled() async throws -> Set<String> {
        let entries = try await json(["handlers", "list", "--format", "json"]).array ?? []
        return Set(
            entries.filter { $0["enabled"]?.flag == true }.flatMap { entry in
                (entry["eventNames"]?.array ?? []).compactMap(\.string).map {
                    "\(entry["eventSource"]?.string ?? "")/\($0)"
                }
            })
    }

    @Test func theBroadPatternFitsAndCoversEveryEvent() async throws {
        let pattern = try await Self.json(["generate", "event-pattern"])
        #expect(pattern.compactText.utf8.count <= 2048)
        let prefixes = (pattern["detail"]?["eventName"]?.array ?? []).compactMap { $0["prefix"]?.string }
        let names = try await Self.enabled().compactMap { $0.split(separator: "/").last.map(String.init) }
        #expect(names.filter { name in !prefixes.contains { name.hasPrefix($0) } } == [])
        #expect(pattern["detail"]?["readOnly"] == [false, "false", ["exists": false]])
    }

    @Test func theExactPatternsAreTheHandlersEventsAndNoOthers() async throws {
        let patterns = try await Self.json(["generate", "event-pattern", "--exact"]).array ?? []
        #expect(patterns.allSatisfy { $0.compactText.utf8.count <= 2048 })
        // "Adding too many" alternatives is refused from a thousand combinations on ("Or matching" in the user guide).
        for pattern in patterns {
            let names = (pattern["detail"]?["$or"]?.array ?? []).map { $0["eventName"]?.array?.count ?? 0 }
            #expect(names.reduce(0, +) < 1000)
        }
        // "300 rules" an event bus ("Amazon EventBridge quotas"), of which others want some, too.
        #expect(patterns.count < 50)
        var matched: Set<String> = []
        // A pattern with room for one source only has no $or.
        for alternative in patterns.compactMap({ $0["detail"] }).flatMap({ $0["$or"]?.array ?? [$0] }) {
            let source = alternative["eventSource"]?.array?.first?.string ?? ""
            for name in alternative["eventName"]?.array ?? [] {
                // Names with any date stand beside the plain name, as its own beginning.
                let plain = name.string ?? name["prefix"]?.string.map { String($0.dropLast("20".count)) }
                matched.insert("\(source)/\(plain ?? "")")
            }
        }
        #expect(matched == (try await Self.enabled()))
    }

    @Test func thePoliciesFitAndAllowEveryTaggingCall() async throws {
        let policies = try await Self.json(["generate", "iam-policy"]).array ?? []
        #expect((1...10).contains(policies.count))
        #expect(policies.allSatisfy { $0.compactText.utf8.count <= 6144 })
        let statements = policies.flatMap { $0["Statement"]?.array ?? [] }
        let actions = statements.flatMap { $0["Action"]?.array ?? [] }.compactMap(\.string)
        #expect(Set(actions).count == actions.count)
        let entries = try await Self.json(["handlers", "list", "--format", "json"]).array ?? []
        let tagging = Set(entries.filter { $0["enabled"]?.flag == true }.compactMap { $0["tagging"]?.string })
        let unnamed = tagging.subtracting(actions).filter { !$0.hasPrefix("apigateway:") }
        #expect(unnamed == [])
        #expect(actions.contains("ec2:DescribeInstances"))
    }

    @Test func onlyWritesWhoseKeysIAMSeesAreBoundToOurs() async throws {
        let policies = try await Self.json(["generate", "iam-policy"]).array ?? []
        var bounds: [String: JSONValue?] = [:]
        for statement in policies.flatMap({ $0["Statement"]?.array ?? [] }) {
            for action in statement["Action"]?.array ?? [] {
                bounds[action.string ?? ""] = .some(statement["Condition"])
            }
        }
        let ours: JSONValue = ["CreatedAt", "CreatedVia", "Creator", "CreatorArn", "InstanceId"]
        let bound: JSONValue = ["ForAllValues:StringEquals": ["aws:TagKeys": ours]]
        for action in ["ec2:CreateTags", "lambda:TagResource", "cassandra:Alter", "apigateway:PUT"] {
            #expect(bounds[action] == .some(bound), "\(action)")
        }
        // What replaces all tags carries other people's keys, and some services show IAM none.
        let free = [
            "s3:PutBucketTagging", "codebuild:UpdateProject", "tag:TagResources", "dax:TagResource", "ec2:DescribeTags",
        ]
        for action in free { #expect(bounds[action] == .some(nil), "\(action)") }
    }

    /// The actions of the policy with some settings.
    private static func actions(_ settings: String) async throws -> Set<String> {
        let folder = FileManager.default.temporaryDirectory.appending(component: "generate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(component: "autotagger.yaml")
        try Data(settings.utf8).write(to: file)
        let policies = try await json(["generate", "iam-policy", "--config", file.path]).array ?? []
        let statements = policies.flatMap { $0["Statement"]?.array ?? [] }
        return Set(statements.flatMap { $0["Action"]?.array ?? [] }.compactMap(\.string))
    }

    /// What the settings ask for, and no more.
    static let choices: [(settings: String, actions: Set<String>)] = [
        ("handlers: {only: [\"lambda:*\"]}", ["lambda:ListTags", "lambda:TagResource"]),
        (
            "handlers: {only: [\"lambda:*\"]}\nresourceGroups: [\"lambda:function\"]",
            ["lambda:ListTags", "lambda:TagResource", "tag:GetResources", "tag:TagResources"]
        ),
        (
            "handlers: {only: [\"lambda:*\"]}\nresourceGroups: [\"*\"]",
            ["lambda:TagResource", "tag:GetResources", "tag:TagResources"]
        ),
        (
            "handlers: {only: [\"s3:bucket\"]}\nresourceGroups: [\"s3:*\"]",
            ["s3:GetBucketTagging", "s3:PutBucketTagging", "tag:GetResources", "tag:TagResources"]
        ),
        (
            "handlers: {only: [\"ec2:instance\"]}\nresourceGroups: [\"ec2:volume\"]",
            [
                "ec2:CreateTags", "ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribeTags", "tag:GetResources", "tag:TagResources",
            ]
        ),
        (
            "handlers: {only: [\"codebuild:*\"], disable: [\"codebuild:fleet\"]}",
            ["codebuild:UpdateProject", "codebuild:UpdateReportGroup", "tag:GetResources", "tag:TagResources"]
        ),
        ("handlers: {only: [\"keyspaces:*\"]}", ["cassandra:Alter", "cassandra:Select", "cassandra:TagResource"]),
    ]

    @Test(arguments: choices)
    func thePolicyFollowsTheSettings(settings: String, actions: Set<String>) async throws {
        #expect(try await Self.actions(settings) == actions)
    }

    @Test func aHandlerShowsWhatItNeeds() async throws {
        let shown = try await Self.json(["handlers", "show", "ds:directory", "--format", "json"])
        let needs: JSONValue = ["ds:AddTagsToResource", "ds:ListTagsForResource", "ec2:CreateTags"]
        #expect(shown.array?.first?["permissions"] == needs)
        let table = await CommandRun.of(["handlers", "show", "lambda:function"]).output
        #expect(table.contains("lambda:ListTags lambda:TagResource"), "\(table)")
    }
}
