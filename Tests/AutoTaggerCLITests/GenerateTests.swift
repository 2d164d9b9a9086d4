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
        #expect(pattern["detail"]?["readOnly"] == [false])
    }

    @Test func theExactPatternsAreTheHandlersEventsAndNoOthers() async throws {
        let patterns = try await Self.json(["generate", "event-pattern", "--exact"]).array ?? []
        #expect(patterns.allSatisfy { $0.compactText.utf8.count <= 2048 })
        var matched: Set<String> = []
        // A pattern with room for one source only has no $or.
        for alternative in patterns.compactMap({ $0["detail"] }).flatMap({ $0["$or"]?.array ?? [$0] }) {
            let source = alternative["eventSource"]?.array?.first?.string ?? ""
            for name in alternative["eventName"]?.array ?? [] { matched.insert("\(source)/\(name.string ?? "")") }
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

    @Test func onlyWritesOfSingleTagsAreBoundToOurKeys() async throws {
        let policies = try await Self.json(["generate", "iam-policy"]).array ?? []
        for statement in policies.flatMap({ $0["Statement"]?.array ?? [] }) {
            let isWrite = statement["Sid"]?.string?.hasPrefix("Write") == true
            #expect((statement["Condition"] != nil) == isWrite)
        }
    }
}
