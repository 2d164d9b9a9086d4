import EventBridge
import Foundation
import JSON
import Testing

/// The generated patterns, judged by EventBridge's own rules for patterns.
@Suite struct GeneratedPatternTests {
    private struct Handlers {
        var enabled: Set<String> = []
        var disabled: Set<String> = []
        var services: Set<String> = []
    }

    @Test(arguments: [["--exact"], []])
    func everyEnabledEventPassesAndNothingThatMadeNothing(arguments: [String]) async throws {
        let patterns = try await Self.patterns(["generate", "event-pattern"] + arguments)
        let handlers = try await Self.handlers()
        #expect(handlers.enabled.count > 1000)
        #expect(handlers.enabled.filter { trigger in !patterns.contains { $0.matches(Self.event(trigger)) } } == [])
        #expect(!patterns.contains { $0.matches(Self.event("ec2.amazonaws.com/CreateVpc", errorCode: "Client.X")) })
        #expect(!patterns.contains { $0.matches(Self.event("ec2.amazonaws.com/DescribeVpcs", isReadOnly: true)) })
    }

    /// A trail that logs data events sends every object of a bucket, and anybody may put events of their own on a bus.
    @Test(
        arguments: [["--exact"], []],
        [
            event("ec2.amazonaws.com/CreateVpc", isManagement: false),
            event("ec2.amazonaws.com/CreateVpc", source: "my.ec2"),
        ])
    func dataEventsAndOtherPeoplesDoNotPass(arguments: [String], event: JSONValue) async throws {
        let patterns = try await Self.patterns(["generate", "event-pattern"] + arguments)
        #expect(patterns.contains { $0.matches(Self.event("ec2.amazonaws.com/CreateVpc")) })
        #expect(!patterns.contains { $0.matches(event) })
    }

    /// A new version of an API brings a new date behind the names of its events.
    @Test(arguments: [
        "cloudfront.amazonaws.com/CreateDistribution2020_05_31", "lambda.amazonaws.com/CreateFunction20150331v2",
    ])
    func eventsWithADateBehindTheirNamePass(trigger: String) async throws {
        let patterns = try await Self.patterns(["generate", "event-pattern", "--exact"])
        #expect(patterns.contains { $0.matches(Self.event(trigger)) })
    }

    @Test func exactPatternsStopTheEventsOfHandlersThatAreOff() async throws {
        let patterns = try await Self.patterns(["generate", "event-pattern", "--exact"])
        let disabled = try await Self.handlers().disabled
        #expect(!disabled.isEmpty)
        #expect(disabled.filter { trigger in patterns.contains { $0.matches(Self.event(trigger)) } } == [])
    }

    /// With one alternative `$or` would be the name of a field that no event has.
    @Test func theEventsOfASingleServicePass() async throws {
        let others = try await Self.handlers().services.subtracting(["sqs"]).sorted().map { "\"\($0):*\"" }
        let file = FileManager.default.temporaryDirectory.appending(component: "one-\(UUID().uuidString).yaml")
        try Data("handlers: {disable: [\(others.joined(separator: ", "))]}\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let patterns = try await Self.patterns(["generate", "event-pattern", "--exact", "--config", file.path])
        #expect(patterns.count == 1)
        #expect(patterns.allSatisfy { $0.matches(Self.event("sqs.amazonaws.com/CreateQueue")) })
    }

    private static func patterns(_ arguments: [String]) async throws -> [EventBridgePattern] {
        let document = try JSONValue(parsing: await CommandRun.of(arguments).output)
        return try (document.array ?? [document]).map { try EventBridgePattern($0) }
    }

    private static func handlers() async throws -> Handlers {
        let list = try JSONValue(parsing: await CommandRun.of(["handlers", "list", "--format", "json"]).output)
        var handlers = Handlers()
        for entry in list.array ?? [] {
            let source = entry["eventSource"]?.string ?? ""
            let triggers = (entry["eventNames"]?.array ?? []).compactMap(\.string).map { "\(source)/\($0)" }
            if entry["enabled"]?.flag == true {
                handlers.enabled.formUnion(triggers)
            } else {
                handlers.disabled.formUnion(triggers)
            }
            handlers.services.insert(String((entry["resource"]?.string ?? "").prefix { $0 != ":" }))
        }
        handlers.disabled.subtract(handlers.enabled)
        return handlers
    }

    /// The event as EventBridge hands it over ("AWS service events delivered via AWS CloudTrail" in its user guide).
    private static func event(
        _ trigger: String, source: String? = nil, isReadOnly: Bool = false, isManagement: Bool = true,
        errorCode: String? = nil
    ) -> JSONValue {
        let parts = trigger.split(separator: "/").map(String.init)
        var detail: [String: JSONValue] = [
            "eventSource": .string(parts[0]), "eventName": .string(parts[1]), "readOnly": .bool(isReadOnly),
            "eventType": "AwsApiCall", "managementEvent": .bool(isManagement),
            "eventCategory": isManagement ? "Management" : "Data",
        ]
        detail["errorCode"] = errorCode.map { .string($0) }
        return [
            "version": "0", "detail-type": "AWS API Call via CloudTrail",
            "source": .string(source ?? "aws.\(parts[0].prefix { $0 != "." })"), "detail": .object(detail),
        ]
    }
}
