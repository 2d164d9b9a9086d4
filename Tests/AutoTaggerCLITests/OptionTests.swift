import ArgumentParser
import Configuration
import Foundation
import Testing

@testable import AutoTaggerCLI

@Suite struct OptionTests {
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(arguments: [
        ("30m", -1800), ("12h", -43_200), ("7d", -604_800), ("2w", -1_209_600), ("0d", 0),
    ])
    func spansBeforeNow(text: String, seconds: Double) {
        #expect(TimeBound(argument: text)?.date(asOf: Self.now) == Self.now.addingTimeInterval(seconds))
    }

    @Test(arguments: [
        ("2023-11-14", 1_699_920_000), ("2023-11-14T22:13:20Z", 1_700_000_000),
        ("2023-11-14T23:13:20+01:00", 1_700_000_000), ("2023-11-14T22:13:20", 1_700_000_000),
    ])
    func fixedInstants(text: String, seconds: Double) {
        #expect(TimeBound(argument: text)?.date(asOf: Self.now) == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: ["", "d", "7", "7y", "-7d", "7 d", "1.5h", "٧d", "9999999d", "yesterday", "2023-13-01", "2023-11"])
    func whatIsNoTime(text: String) {
        #expect(TimeBound(argument: text) == nil)
    }

    @Test(
        arguments: [
            (["HOME": "/home/zoe"], "/home/zoe/.local/state/autotagger/autotagger.sqlite"),
            (["HOME": "/home/zoe", "XDG_STATE_HOME": "/var/state"], "/var/state/autotagger/autotagger.sqlite"),
            (
                ["HOME": "/home/zoe", "XDG_STATE_HOME": "relative"],
                "/home/zoe/.local/state/autotagger/autotagger.sqlite"
            ),
            (["HOME": "/home/zoe", "AWS_LAMBDA_FUNCTION_NAME": "f"], "/tmp/autotagger/autotagger.sqlite"),
            ([:], "/tmp/autotagger/autotagger.sqlite"),
            (["AUTOTAGGER_LEDGER": "/data/l.sqlite", "HOME": "/home/zoe"], "/data/l.sqlite"),
            (["AUTOTAGGER_LEDGER": "", "HOME": "/home/zoe"], "/home/zoe/.local/state/autotagger/autotagger.sqlite"),
        ] as [([String: String], String)]
    )
    func ledgerByDefault(environment: [String: String], path: String) throws {
        let named = try GlobalOptions.parse([]).resolved(in: environment).ledger
        #expect(named ?? .usual(in: environment) == .file(path: path))
    }

    @Test func optionGoesBeforeVariableAndVariableBeforeDefault() throws {
        let twins = [
            "AUTOTAGGER_CONFIG": "c.yaml", "AUTOTAGGER_LEDGER": "/l", "AUTOTAGGER_REGION": "eu-west-1",
            "AUTOTAGGER_PROFILE": "p", "AUTOTAGGER_ENDPOINT_URL": "http://localhost:1", "AUTOTAGGER_HANDLERS": "h",
            "AUTOTAGGER_LOG_LEVEL": "debug", "AUTOTAGGER_LOG_FORMAT": "json",
        ]
        let fromEnvironment = try GlobalOptions.parse([]).resolved(in: twins)
        let typed = try GlobalOptions.parse([
            "--config", "c.yaml", "--ledger", "/l", "--region", "eu-west-1", "--profile", "p", "--endpoint-url",
            "http://localhost:1", "--handlers", "h", "--log-level", "debug", "--log-format", "json",
        ])
        #expect(try typed.resolved(in: [:]) == fromEnvironment)
        #expect(fromEnvironment.config == "c.yaml")
        #expect(fromEnvironment.endpointURL == "http://localhost:1")
        #expect(fromEnvironment.logLevel == .debug)
        let other = twins.mapValues { _ in "error" }.merging(["AUTOTAGGER_LOG_FORMAT": "text"]) { _, new in new }
        #expect(try typed.resolved(in: other) == fromEnvironment)
        let none = try GlobalOptions.parse([]).resolved(in: [:])
        #expect(none.logLevel == nil)
        #expect(none.logFormat == nil)
        #expect(none.region == nil)
        #expect(none.ledger == nil)
        #expect(fromEnvironment.ledger == .file(path: "/l"))
    }

    @Test(
        arguments: [
            ([:], OutputFormat.table), (["AUTOTAGGER_FORMAT": "csv"], .csv),
        ] as [([String: String], OutputFormat)]
    )
    func formatByDefault(environment: [String: String], format: OutputFormat) throws {
        #expect(try FormatOption.parse([]).resolved(in: environment) == format)
        #expect(try FormatOption.parse(["--format", "json"]).resolved(in: environment) == .json)
    }

    @Test(
        arguments: [
            ([:], false), (["AUTOTAGGER_DRY_RUN": "1"], true), (["AUTOTAGGER_DRY_RUN": "TRUE"], true),
            (["AUTOTAGGER_DRY_RUN": "0"], false), (["AUTOTAGGER_DRY_RUN": "false"], false),
            (["AUTOTAGGER_DRY_RUN": ""], false),
        ] as [([String: String], Bool)]
    )
    func dryRun(environment: [String: String], isDry: Bool) throws {
        #expect(try DryRunOption.parse([]).resolved(in: environment) == isDry)
        #expect(try DryRunOption.parse(["--dry-run"]).resolved(in: environment))
    }
}
