import Foundation
import JSON
import Testing

/// The API of last resort: twenty ARNs a call, and refusals inside an answer that says all is well.
@Suite("The Resource Groups Tagging API", .needsFakeAWS, .timeLimit(.minutes(5)))
struct ResourceGroupsTests {
    /// The fake's API knows log groups and refuses what no service of it owns, as AWS's refuses what it does not support.
    @Test("of twenty resources refuses three inside a 200: seventeen are tagged, three reported")
    func refusalsInsideSuccess() async throws {
        try await Workspace.with { place in
            let arns = try await logGroups(17, place)
            let refused = (0..<3).map { "arn:aws:acme:us-east-1:123456789012:thing/\($0)" }
            let run = try await place.process(
                try await event(making: arns + refused, place),
                options: ["--handlers", try handlers(place), "--config", try place.impatience()])
            let resources = try #require(run.reports.first?["resources"]?.array, "\(run.account)")
            #expect(resources.count { $0["outcome"] == "tagged" } == 17, "\(run.account)")
            let failed = resources.filter { $0["outcome"] == "failed" }
            #expect(Set(failed.compactMap { $0["arn"]?.string }) == Set(refused), "\(run.account)")
            #expect(failed.allSatisfy { $0["error"]?["code"]?.string?.isEmpty == false }, "\(run.account)")
            #expect(run.status == 75 && run.outcomes == ["failed"], "\(run.account)")
            #expect(try await place.calls().count { $0 == "TagResources" } == 1)
            for arn in arns {
                #expect(try await tags(of: arn, place)["Creator"] == "alice", "\(arn)")
            }
        }
    }

    private func logGroups(_ count: Int, _ place: Workspace) async throws -> [String] {
        var arns: [String] = []
        for _ in 0..<count {
            let name = UUID().uuidString
            _ = try await place.witness.call("logs", "create_log_group", ["logGroupName": .string(name)])
            arns.append("arn:aws:logs:us-east-1:123456789012:log-group:\(name)")
        }
        return arns
    }

    private func tags(of arn: String, _ place: Workspace) async throws -> [String: String] {
        try await place.witness.call("logs", "list_tags_for_resource", ["resourceArn": .string(arn)]).tags
    }

    /// An event of a service that makes many things at once.
    private func event(making arns: [String], _ place: Workspace) async throws -> JSONValue {
        let made = try await place.witness.call("sqs", "create_queue", ["QueueName": .string(UUID().uuidString)])
        var members = try #require(made.event.object)
        members["eventSource"] = "acme.amazonaws.com"
        members["eventName"] = "CreateThings"
        members["responseElements"] = ["things": .array(arns.map { ["arn": .string($0)] })]
        return .object(members)
    }

    private func handlers(_ place: Workspace) throws -> String {
        let folder = place.folder.appending(component: "handlers.d")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let line = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: resource-groups
            resources:
              thing: {on: CreateThings, arn: "responseElements.things[].arn"}
            """
        try Data(line.utf8).write(to: folder.appending(component: "acme.yaml"))
        return folder.path
    }
}
