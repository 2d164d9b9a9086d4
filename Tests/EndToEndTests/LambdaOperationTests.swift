import AWSTestServer
import Foundation
import JSON
import Testing

/// How the function lives with Lambda: its log, its metrics, and its end.
@Suite("The Lambda function in operation", .needsFakeAWS, .timeLimit(.minutes(5)))
struct LambdaOperationTests {
    /// Runs the function until the control plane has no more invocations for it and says so with status 500.
    private func run(
        _ place: Workspace, _ plane: LambdaControlPlane, with variables: [String: String?] = [:]
    ) async throws -> ProgramRun {
        defer { plane.stop() }
        return try await place.with(variables).startLambda(runtimeAPI: plane.address).finished()
    }

    @Test("a dead control plane ends it within a second", arguments: ["refused", "500", "reset"])
    func deadControlPlane(way: String) async throws {
        try await Workspace.with { place in
            let server = try LoopbackServer { _ in
                way == "reset" ? .fault(.resetBeforeHeaders) : .response(status: 500)
            }
            defer { server.stop() }
            let address = way == "refused" ? "127.0.0.1:1" : "127.0.0.1:\(server.port)"
            var took = Duration.seconds(60)
            // Other tests may keep the one who measures from looking at the clock.
            for _ in 0..<3 where took > .seconds(1) {
                let start = ContinuousClock.now
                let ended = try await place.startLambda(runtimeAPI: address).finished()
                took = start.duration(to: .now)
                #expect(ended.status == 70, "\(ended.account)")
                #expect(ended.errors.contains("Runtime API"), "\(ended.account)")
            }
            #expect(took <= .seconds(1))
        }
    }

    @Test("logs in Lambda's JSON, and counts in lines that CloudWatch reads")
    func logAndMetrics() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let plane = try LambdaControlPlane(events: [made.event.compactText, "junk"], invocations: 2)
            let ended = try await run(
                place, plane, with: ["AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO"])
            #expect(ended.status == 70, "\(ended.account)")
            let all = try ended.errors.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            // The ledger's warning that it serves one environment alone comes at any time.
            let lines = all.filter { $0["level"] != "WARN" }
            #expect(lines.map { $0["level"]?.string } == ["INFO", "ERROR", "FATAL"], "\(ended.account)")
            #expect(lines.map { $0["requestId"]?.string } == ["0", "1", nil], "\(ended.account)")
            let instant = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z/
            #expect(all.allSatisfy { (try? instant.wholeMatch(in: $0["timestamp"]?.string ?? "")) != nil })
            #expect(all.allSatisfy { $0["message"] != nil }, "\(ended.account)")
            #expect(lines.first?["creator"] == "alice" && lines.first?["outcome"] == "tagged")
            let metrics = ended.reports
            #expect(
                metrics.allSatisfy { $0["_aws"]?["CloudWatchMetrics"] != nil } && !metrics.isEmpty, "\(ended.account)")
            let tagged = metrics.first { $0["autotagger_events_total"] != nil }
            #expect(tagged?["outcome"] == "tagged", "\(ended.account)")
        }
    }

    @Test("does the events of the log files that a queue's messages name")
    func logFiles() async throws {
        try await Workspace.with { place in
            var made: [Witnessed] = []
            for _ in 0..<3 {
                made.append(
                    try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1]))
            }
            let bucket = "trail-\(UUID().uuidString.lowercased())"
            let key = "AWSLogs/123456789012/CloudTrail/us-east-1/2026/01/05/a b_CloudTrail_c.json.gz"
            _ = try await place.witness.ask(
                "put_log", ["bucket": .string(bucket), "key": .string(key), "events": .array(made.map(\.event))])
            let keys = [key, "CloudTrail/gone.json.gz", "CloudTrail-Digest/d.json.gz"]
            var messages = keys.enumerated().map { number, key -> JSONValue in
                let encoded = key.replacing(" ", with: "+")
                let notice: JSONValue = [
                    "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventName": "ObjectCreated:Put",
                    "s3": ["bucket": ["name": .string(bucket)], "object": ["key": .string(encoded)]],
                ]
                let body: JSONValue = ["Records": [notice]]
                return [
                    "messageId": .string("m\(number)"), "eventSource": "aws:sqs", "body": .string(body.compactText),
                ]
            }
            messages.append(["messageId": "poison", "eventSource": "aws:sqs", "body": "junk"])
            let batch: JSONValue = ["Records": .array(messages)]
            let plane = try LambdaControlPlane(events: [batch.compactText], invocations: 1)
            let ended = try await run(place, plane)
            let answer = try JSONValue(parsing: plane.answers.first?.body ?? "")
            #expect(answer == ["batchItemFailures": [["itemIdentifier": "poison"]]], "\(ended.account)")
            for one in made {
                #expect(
                    try await place.witness.tags(of: one.text("VolumeId"))["Creator"] == "alice", "\(ended.account)")
            }
            #expect(ended.errors.contains("gone.json.gz is no longer there"), "\(ended.account)")
        }
    }

    @Test("settings that are wrong are said before the first event, a place for the ledger that is wrong with it")
    func wrongSettings() async throws {
        try await Workspace.with { place in
            let plane = try LambdaControlPlane(events: ["{}"], invocations: 1)
            let file = try place.write("tagz: {}\n", to: "settings.yaml")
            let ended = try await run(place, plane, with: ["AUTOTAGGER_CONFIG": file])
            #expect(ended.status == 78 && plane.answers.map(\.invocation) == [nil], "\(ended.account)")
            #expect(plane.answers.first?.body.contains("tagz") == true, "\(ended.account)")

            let other = try LambdaControlPlane(events: ["{}"], invocations: 5)
            let broken = try await run(place, other, with: ["AUTOTAGGER_LEDGER": file + "/ledger.sqlite"])
            #expect(broken.status == 70 && other.answers.map(\.kind) == ["error"], "\(broken.account)")
            #expect(other.answers.first?.errorType == "AutoTagger.configuration", "\(broken.account)")
        }
    }

    /// The full number is what was promised; everyday tests take a twentieth of it.
    @Test("answers every invocation exactly once", arguments: LambdaControlPlane.Conduct.allCases)
    func manyInvocations(conduct: LambdaControlPlane.Conduct) async throws {
        try await Workspace.with { place in
            let count = ProcessInfo.processInfo.environment["AUTOTAGGER_FULL_LOAD"] == "1" ? 10_000 : 500
            let asking =
                #"{"eventID":"e","eventSource":"ec2.amazonaws.com","eventName":"DescribeVpcs","eventVersion":"1.08"}"#
            let plane = try LambdaControlPlane(events: [asking], invocations: count, conduct: conduct)
            let start = ContinuousClock.now
            let ended = try await run(place, plane)
            print("\(conduct): \(count) invocations in \(start.duration(to: .now))")
            #expect(plane.answers.map(\.invocation) == Array(0..<count), "\(ended.account)")
            #expect(plane.answers.allSatisfy { $0.kind == "response" }, "\(ended.account)")
        }
    }
}
