import ArgumentParser
import Foundation
import Testing

@testable import AutoTaggerCLI

/// What `--help` says, as people were told it: a change must show up in review. To take the new texts over, run the
/// tests with AUTOTAGGER_UPDATE_SNAPSHOTS=1.
@Suite struct HelpTests {
    private static let verbs: [(name: String, type: any ParsableCommand.Type)] = [
        ("autotagger", AutoTaggerCommand.self), ("process", ProcessCommand.self), ("explain", ExplainCommand.self),
        ("daemon", DaemonCommand.self),
        ("handlers", HandlersCommand.self), ("handlers-list", HandlersListCommand.self),
        ("handlers-show", HandlersShowCommand.self), ("handlers-check", HandlersCheckCommand.self),
        ("handlers-test", HandlersTestCommand.self), ("generate", GenerateCommand.self),
        ("generate-event-pattern", GenerateEventPatternCommand.self),
        ("generate-iam-policy", GenerateIAMPolicyCommand.self),
        ("generate-cloudformation", GenerateCloudFormationCommand.self),
        ("generate-terraform", GenerateTerraformCommand.self), ("ledger", LedgerCommand.self),
        ("ledger-who", LedgerWhoCommand.self),
        ("ledger-list", LedgerListCommand.self), ("ledger-show", LedgerShowCommand.self),
        ("ledger-stats", LedgerStatsCommand.self), ("ledger-verify", LedgerVerifyCommand.self),
        ("ledger-retry", LedgerRetryCommand.self), ("ledger-export", LedgerExportCommand.self),
        ("ledger-prune", LedgerPruneCommand.self), ("doctor", DoctorCommand.self),
    ]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help")

    @Test(arguments: verbs.map(\.name))
    func helpIsAsItWas(name: String) throws {
        let verb = try #require(Self.verbs.first { $0.name == name })
        let help = AutoTaggerCommand.helpMessage(for: verb.type, columns: 100) + "\n"
        let file = Self.folder.appending(path: name + ".txt")
        if ProcessInfo.processInfo.environment["AUTOTAGGER_UPDATE_SNAPSHOTS"] == "1" {
            try Data(help.utf8).write(to: file)
        }
        #expect(help == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    @Test(arguments: verbs.map(\.name).filter { $0 != "autotagger" })
    func helpShowsAnExample(name: String) throws {
        let verb = try #require(Self.verbs.first { $0.name == name })
        let help = AutoTaggerCommand.helpMessage(for: verb.type, columns: 100)
        #expect(help.contains("Example"))
        #expect(help.contains("\n  autotagger "))
    }

    @Test(arguments: [["--help"], ["help", "ledger"], ["ledger", "list", "-h"], ["--version"], []])
    func helpIsAResult(arguments: [String]) async {
        let run = await CommandRun.of(arguments)
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(run.output.hasSuffix("\n"))
        #expect(run.output.contains(arguments == ["--version"] ? AutoTaggerCommand.version : "USAGE: autotagger"))
    }
}
