import Foundation
import JSON
import Testing

/// The doctor over deployments in moto, healthy and with each piece missing or wrong in turn.
@Suite("The doctor", .needsFakeAWS, .timeLimit(.minutes(10)))
struct DoctorTests {
    @Test(
        "finds nothing wrong with a healthy deployment, from whichever name it begins",
        arguments: [
            (["--function", "autotagger"], [:]), (["--rule", "autotagger"], [:]), ([], [:]),
            (["--queue-url", "$queue", "--function", "$functionArn", "--event-bus", "default"], [:]),
            (
                [],
                [
                    "AUTOTAGGER_RULE": "autotagger", "AUTOTAGGER_EVENT_BUS": "default",
                    "AUTOTAGGER_FUNCTION": "$functionArn",
                ]
            ),
        ] as [([String], [String: String])])
    func healthy(arguments: [String], environment: [String: String]) async throws {
        try await Workspace.with { place in
            var site = try await DoctorSite(in: place, withFunction: true)
            site.place = site.place.with(environment.mapValues { site.filled($0) })
            let made = try await site.processVolume()
            try #require(made.outcomes == ["tagged"], "\(made.account)")
            let found = try await site.examine(arguments)
            #expect(found.run.status == 0, "\(found.run.account)")
            // Only a function that is named is looked at; a queue that a daemon reads has none.
            let namesFunction = arguments.contains("--function") || environment["AUTOTAGGER_FUNCTION"] != nil
            let leftOut: Set<String> = namesFunction ? [] : ["function"]
            #expect(found.checks("left out") == leftOut, "\(found.run.account)")
            #expect(found.checks("broken").isEmpty && found.checks("warning").isEmpty, "\(found.run.account)")
            #expect(found.checks("ok").count == 18 - leftOut.count, "\(found.run.account)")
            #expect(found.text(of: "last event").contains("CreateVolume"))
        }
    }

    @Test(
        "names what is broken, and nothing else",
        arguments: BrokenSetUp.local + BrokenSetUp.callers + BrokenSetUp.senders + BrokenSetUp.receivers
            + BrokenSetUp.tables)
    func broken(_ setUp: BrokenSetUp) async throws {
        try await Workspace.with { place in
            var site = try await DoctorSite(in: place, withFunction: setUp.withFunction)
            try await setUp.harm(&site)
            let found = try await site.examine(setUp.arguments)
            #expect(found.run.status == setUp.status, "\(found.run.account)")
            #expect(found.checks("broken") == setUp.broken, "\(found.run.account)")
            #expect(found.checks("warning") == setUp.warned, "\(found.run.account)")
            let text = (setUp.broken.isEmpty ? setUp.warned : setUp.broken).map(found.text).joined(separator: "\n")
            for word in setUp.mentions {
                #expect(text.contains(site.filled(word)), "\(word) is not in\n\(found.run.account)")
            }
            expectPlainWords(found.run)
        }
    }

    @Test("says once that nothing can be asked, and asks nothing more")
    func withoutCredentials() async throws {
        try await Workspace.with { place in
            let site = try await DoctorSite(in: place, withFunction: false)
            try await site.fault("expired", on: "GetCallerIdentity")
            let before = try await place.witness.ask("calls", ["accessKey": .string(site["accessKey"])]).array?.count
            let found = try await site.examine(["--queue-url", "$queue"])
            let after = try await place.witness.ask("calls", ["accessKey": .string(site["accessKey"])]).array?.count
            #expect(after == before.map { $0 + 1 }, "\(found.run.account)")
            #expect(found.checks("left out").isSuperset(of: ["trail", "rule", "queue", "permissions"]))
            #expect(found.text(of: "trail").contains("credentials"))
        }
    }

    @Test("needs no more than it says it needs, and few calls")
    func permissions() async throws {
        try await Workspace.with { place in
            let printed = try await place.autotagger("doctor", "--permissions")
            let statement = try JSONValue(parsing: printed.output)["Statement"]?.array?.first
            let actions = Set((statement?["Action"]?.array ?? []).compactMap(\.string))
            let site = try await DoctorSite(in: place, withFunction: true)
            let journal = ["accessKey": JSONValue.string(site["accessKey"])]
            let before = try await place.witness.ask("calls", journal).array?.count ?? 0
            let found = try await site.examine(["--function", "autotagger"])
            let calls = try await place.witness.ask("calls", journal).array?.dropFirst(before) ?? []
            // The table's index by time is in eight parts, and one question goes to it.
            #expect(calls.filter { $0["action"] == "Query" }.count == 8, "\(found.run.account)")
            #expect(calls.filter { $0["action"] != "Query" }.count <= 20, "\(found.run.account)")
            var made: Set<String> = []
            for call in calls.compactMap({ $0["action"]?.string }) where call != "GetCallerIdentity" {
                // REST calls have no action in the journal, but a path.
                let name = call.contains("/") ? Self.lambdaAction(call) : call
                #expect(actions.contains { $0.hasSuffix(":\(name)") }, "\(name) is not among \(actions)")
                made.insert(name)
            }
            #expect(made.isSuperset(of: ["GetFunctionConfiguration", "ListEventSourceMappings", "Query"]), "\(made)")
        }
    }

    /// The action behind a request's path; an unknown path is its own, and so among no permissions.
    private static func lambdaAction(_ route: String) -> String {
        let path = route.split(separator: "?")[0]
        return switch path.split(separator: "/").last {
        case "configuration" where path.contains("/functions/"): "GetFunctionConfiguration"
        case "policy" where path.contains("/functions/"): "GetPolicy"
        case "event-source-mappings": "ListEventSourceMappings"
        default: route
        }
    }

    @Test("prints for people, and every other form that lists have")
    func forms() async throws {
        try await Workspace.with { place in
            let site = try await DoctorSite(in: place, withFunction: false)
            try await site.call("cloudtrail", "stop_logging", ["Name": "$trail"])
            let arguments = ["doctor", "--queue-url", site["queue"]]
            let text = try await site.place.autotagger(arguments).output
            #expect(text.contains("broken    trail") && text.contains("do:  aws cloudtrail start-logging"), "\(text)")
            #expect(text.hasSuffix("Broken: trail. Begin with the first.\n"), "\(text)")
            let json = try JSONValue(parsing: try await site.place.autotagger(arguments + ["--format", "json"]).output)
            let line = json.array?.first { $0["check"] == "trail" }
            #expect(line?["status"] == "broken" && line?["trouble"] == "configuration", "\(json.compactText)")
            let csv = try await site.place.autotagger(arguments + ["--format", "csv"]).output
            #expect(csv.hasPrefix("status,check,what,why,do\r\n"))
        }
    }
}
