import ArgumentParser
import Configuration
import Daemon
import EventSources
import Testing

@testable import AutoTaggerCLI

/// Where the daemon's options come from: the command line, then the environment, then the settings, then the default.
@Suite struct DaemonArgumentTests {
    private static let url = "https://sqs.eu-central-1.amazonaws.com/123456789012/"

    private static func resolve(
        _ arguments: [String], _ environment: [String: String] = [:], _ settings: Settings.Daemon = .init()
    ) throws -> DaemonArguments.Resolved {
        try DaemonArguments.parse(arguments).resolved(in: environment, settings)
    }

    private static let settings: Settings.Daemon = {
        var settings = Settings.Daemon()
        settings.queueURLs = [url + "s"]
        (settings.receivers, settings.inFlight, settings.visibility) = (3, 30, .seconds(33))
        settings.healthAddress = "127.0.0.1:3"
        return settings
    }()

    private static let environment = [
        "AUTOTAGGER_QUEUE_URL": "\(url)e1 \(url)e2,\(url)e1", "AUTOTAGGER_RECEIVERS": "2",
        "AUTOTAGGER_IN_FLIGHT": "20", "AUTOTAGGER_VISIBILITY": "22s", "AUTOTAGGER_HEALTH_ADDRESS": "[::1]:2",
    ]

    @Test func theDefaultsAreTheDocumentedOnes() throws {
        let found = try Self.resolve(["--queue-url", Self.url + "a"])
        #expect(found.options == DaemonOptions(receivers: 2, inFlight: 256, visibility: .seconds(120)))
        #expect(found.health?.description == "127.0.0.1:9464")
    }

    @Test func settingsThenEnvironmentThenOptions() throws {
        let last = try Self.resolve([], [:], Self.settings)
        #expect(last.queues.map(\.name) == ["s"] && last.health?.description == "127.0.0.1:3")
        #expect(last.options == DaemonOptions(receivers: 3, inFlight: 30, visibility: .seconds(33)))
        let middle = try Self.resolve([], Self.environment, Self.settings)
        #expect(middle.queues.map(\.name) == ["e1", "e2"] && middle.health?.description == "[::1]:2")
        #expect(middle.options == DaemonOptions(receivers: 2, inFlight: 20, visibility: .seconds(22)))
        let first = try Self.resolve(
            [
                "--queue-url", Self.url + "a", "--queue-url", Self.url + "b", "--receivers", "1", "--in-flight", "10",
                "--visibility", "11s", "--health-address", "none",
            ], Self.environment, Self.settings)
        #expect(first.queues.map(\.name) == ["a", "b"] && first.health == nil)
        #expect(first.options == DaemonOptions(receivers: 1, inFlight: 10, visibility: .seconds(11)))
    }

    @Test(arguments: [
        ("AUTOTAGGER_RECEIVERS", "0"), ("AUTOTAGGER_RECEIVERS", "many"), ("AUTOTAGGER_IN_FLIGHT", "9"),
        ("AUTOTAGGER_VISIBILITY", "1s"), ("AUTOTAGGER_VISIBILITY", "13h"), ("AUTOTAGGER_QUEUE_URL", "q"),
        ("AUTOTAGGER_HEALTH_ADDRESS", "localhost:1"),
    ])
    func whatCannotBeIsNamed(variable: String, value: String) throws {
        let error = #expect(throws: CommandFailure.self) {
            try Self.resolve([], Self.environment.merging([variable: value]) { $1 })
        }
        #expect(error?.exitCode == .configuration && error?.message.contains("'\(value)'") == true)
    }
}
