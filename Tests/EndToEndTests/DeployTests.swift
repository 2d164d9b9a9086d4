import Foundation
import Testing

/// What `config/deploy` holds, set up in the fake AWS: events travel through it and come out as tags, and taking it down leaves
/// nothing.
@Suite("A deployment", .needsFakeAWS, .timeLimit(.minutes(10)))
struct DeployTests {
    @Test(
        "by Terraform tags what was made in its regions and accounts",
        .needsTerraform, arguments: ["single", "organization"])
    func terraform(example: String) async throws {
        try await run("terraform", example)
    }

    @Test("by Terraform is not planned with variables that do not go together", .needsTerraform)
    func variables() async throws {
        try await run("terraform", "variables")
    }

    @Test(
        "by CloudFormation tags what was made in its regions and accounts", arguments: ["single", "organization"])
    func cloudFormation(scope: String) async throws {
        try await run("cloudformation", scope)
    }

    @Test("by CloudFormation has templates without a finding")
    func lint() async throws {
        try await run("cloudformation", "lint")
    }

    private func run(_ tool: String, _ part: String) async throws {
        try await Workspace.with { place in
            let script = try RunningProgram(
                Prerequisites.python, ["-m", "deploy.\(tool)", Prerequisites.autotagger.path, part],
                environment: [
                    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": place.folder.path,
                    "PYTHONPATH": Prerequisites.support.path, "PYTHONWARNINGS": "ignore",
                    "AUTOTAGGER_TERRAFORM_PLUGINS": Prerequisites.terraformProviders?.path ?? "",
                ], in: place.folder)
            let done = try await script.finished()
            #expect(done.status == 0, "\(done.account)")
        }
    }
}
