import DynamoDBLedger
import Foundation
import JSON
import Testing

@testable import AutoTaggerCLI
@testable import Doctor

/// What `config/deploy` holds of the handlers, and what people generate in its place: fresh, complete, and within AWS's limits.
@Suite struct DeployFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/deploy")

    @Test(
        "is what the verb prints; `make deploy-files` renews it",
        arguments: [
            ("cloudformation/autotagger.yaml", ["cloudformation"]),
            ("cloudformation/autotagger-member.yaml", ["cloudformation", "--member"]),
            ("terraform/handlers.json", ["terraform"]),
        ])
    func isFresh(file: String, arguments: [String]) async throws {
        let run = await CommandRun.of(["generate"] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let text = String(decoding: try Data(contentsOf: Self.folder.appending(path: file)), as: UTF8.self)
        #expect(run.output == text, "config/deploy/\(file) is not what the handlers say now: run 'make deploy-files'")
    }

    /// The doctor must not call broken what was deployed with these.
    @Test(
        arguments: ["cloudformation/autotagger.yaml", "terraform/permissions.tf"],
        [
            ("Ledger", DynamoDBLedgerProbe.workActions),
            ("Queue", PermissionsCheck.queueActions + PermissionsCheck.daemonActions),
        ])
    func rolesMayDoAllThatTheDoctorAsksFor(file: String, statement: (name: String, actions: [String])) throws {
        let text = String(decoding: try Data(contentsOf: Self.folder.appending(path: file)), as: UTF8.self)
        // "Sid: Ledger" and "Action: […]" in the one language, `sid = "Ledger"` and `actions = […]` in the other.
        let list = try Regex(#"(?i)\bsid\s*[:=]\s*"?\#(statement.name)"?\s(?s:.*?)\bactions?\s*[:=]\s*\[([^\]]*)\]"#)
        let found = try #require(text.firstMatch(of: list)?.output[1].substring, "no such statement")
        let granted = found.split { !($0.isLetter || $0 == ":") }.map(String.init)
        #expect(Set(granted).isSuperset(of: statement.actions), "\(granted)")
    }

    @Test(arguments: [[], ["--member"], ["--exact"], ["--exact", "--member"]])
    func templatesHoldEveryRuleAndPolicyWithinCloudFormationsLimits(options: [String]) async throws {
        let run = await CommandRun.of(["generate", "cloudformation"] + options)
        let json = { (verb: [String]) async throws in
            try JSONValue(parsing: await CommandRun.of(["generate"] + verb).output)
        }
        let isExact = options.contains("--exact")
        let patterns = isExact ? try await json(["event-pattern", "--exact"]).array?.count : 1
        let policies = try await json(["iam-policy"]).array?.count
        let lines = run.output.split(separator: "\n")
        #expect(
            lines.count { $0.hasSuffix("Type: AWS::Events::Rule") } - (options.contains("--member") ? 0 : 1) == patterns
        )
        #expect(lines.count { $0.hasSuffix("Type: AWS::IAM::ManagedPolicy") } == policies)
        #expect(!run.output.contains("#:") && !run.output.contains("<n>") && !run.output.contains("<json>"))
        #expect(isExact || run.output.utf8.count <= 51_200, "\(run.output.utf8.count) bytes")
        #expect(run.output.utf8.count <= 1_000_000)
        #expect(run.errors.contains("--s3-bucket") == (run.output.utf8.count > 51_200))
    }

    @Test func settingsAreHonoured() async throws {
        let settings = ["AUTOTAGGER_SETTINGS": "tags: {Team: platform}\nhandlers: {disable: ['*'], enable: []}"]
        let none = await CommandRun.of(["generate", "terraform"], environment: settings)
        #expect(try JSONValue(parsing: none.output)["policies"] == [])
        let all = await CommandRun.of(
            ["generate", "terraform"], environment: ["AUTOTAGGER_SETTINGS": "tags: {Team: platform}"])
        #expect(all.output.contains("\"Team\""))
        let few = await CommandRun.of(
            ["generate", "cloudformation"], environment: ["AUTOTAGGER_SETTINGS": "handlers: {disable: ['s3:*']}"])
        #expect(!few.output.contains("s3:PutBucketTagging"), "\(few.errors)")
    }

    @Test func aMistakeInTheEnvironmentsSettingsIsNamedWithItsPlace() async {
        let run = await CommandRun.of(
            ["generate", "terraform"], environment: ["AUTOTAGGER_SETTINGS": "accounts: own\ntagz: {}\n"])
        #expect(run.status == 78)
        #expect(run.errors.contains("AUTOTAGGER_SETTINGS:2"), "\(run.errors)")
    }

    @Test func aNamedFileGoesBeforeTheEnvironmentsSettings() async throws {
        let file = FileManager.default.temporaryDirectory.appending(component: "autotagger-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("tags: {FromFile: x}\n".utf8).write(to: file)
        let run = await CommandRun.of(
            ["generate", "iam-policy", "--config", file.path],
            environment: ["AUTOTAGGER_SETTINGS": "tags: {FromEnvironment: x}"])
        #expect(run.output.contains("FromFile") && !run.output.contains("FromEnvironment"))
    }

    @Test(
        arguments: [
            ["a": ["b": [1, 2, ["c": .null]]], "s": "x\"y"], ["words": .array(Array(repeating: "abcdefgh", count: 40))],
            ["deep": .array(Array(repeating: ["k": .array(Array(repeating: "v", count: 30))], count: 3))], [], [:],
            "text",
        ] as [JSONValue])
    func layoutKeepsTheDocumentAndItsWidth(document: JSONValue) throws {
        for margin in [0, 8] {
            let text = document.laidOut(margin: margin, width: 80)
            #expect(try JSONValue(parsing: text) == document)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }
}
