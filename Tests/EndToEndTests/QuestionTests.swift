import Foundation
import JSON
import Testing

/// Events that do not tell what they made, so that AWS is asked.
@Suite("An event that names no id", .needsFakeAWS, .timeLimit(.minutes(5)))
struct QuestionTests {
    @Test("is explained with the question, without asking it")
    func explained() async throws {
        try await Workspace.with { place in
            let rule = try await rule(place)
            let file = try place.write(rule.event.compactText, to: "event.json")
            let run = try await place.autotagger("explain", file, "--format", "ndjson")
            #expect(run.status == 0 && run.outcomes == ["planned"], "\(run.account)")
            let calls = run.reports.first?["calls"]?.array?.compactMap { $0["operation"]?.string } ?? []
            #expect(calls.contains("DescribeConfigRules"), "\(run.account)")
            #expect(try await place.calls().isEmpty)
        }
    }

    @Test("has its resource tagged once AWS has told which it is")
    func answered() async throws {
        try await Workspace.with { place in
            let run = try await place.process(try await rule(place).event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            let arn = try #require(run.reports.first?["resources"]?.array?.first?["arn"], "\(run.account)")
            let found = try await place.witness.call("config", "list_tags_for_resource", ["ResourceArn": arn])
            #expect(found.tags["Creator"] == "alice", "\(found.answer.compactText)")
        }
    }

    @Test(
        "and whose resource AWS does not know is put off while young, and gone later",
        arguments: [(0.0, Int32(75), "deferred"), (11, 0, "skipped")])
    func unanswered(minutes: Double, status: Int32, outcome: String) async throws {
        try await Workspace.with { place in
            let rule = try await rule(place, at: Date(timeIntervalSinceNow: -60 * minutes).ISO8601Format())
            let name = rule.event["requestParameters"]?["configRule"]?["configRuleName"] ?? .null
            _ = try await place.witness.call("config", "delete_config_rule", ["ConfigRuleName": name])
            let run = try await place.process(rule.event, options: ["--config", try place.impatience()])
            #expect(run.status == status && run.outcomes == [outcome], "\(run.account)")
            if outcome == "skipped" { #expect(run.reports.first?["reason"] == "resourceGone", "\(run.account)") }
        }
    }

    private func rule(_ place: Workspace, at time: String? = nil) async throws -> Witnessed {
        let role: JSONValue = "arn:aws:iam::123456789012:role/config"
        _ = try await place.witness.call(
            "config", "put_configuration_recorder",
            ["ConfigurationRecorder": ["name": "default", "roleARN": role]])
        return try await place.witness.call(
            "config", "put_config_rule",
            [
                "ConfigRule": [
                    "ConfigRuleName": .string("rule-" + UUID().uuidString),
                    "Source": ["Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"],
                ]
            ], at: time)
    }
}
