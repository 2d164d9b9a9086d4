import Foundation
import JSON

/// What one test works in: a folder with its own ledger, and a caller of its own at the fake AWS.
///
/// Many tests share one fake AWS; each program signs with its workspace's access key, by which the fake's journal and its
/// faults tell the tests apart.
struct Workspace: Sendable {
    /// The fake AWS and its witness.
    let witness: Witness
    /// The folder; it goes when the test ends.
    let folder: URL
    /// Who the programs sign as.
    let accessKey: String
    /// What the programs see of the environment.
    var environment: [String: String]

    /// Runs a test's body in a new workspace.
    static func with(_ body: (Workspace) async throws -> Void) async throws {
        await Turnstile.shared.enter()
        do {
            try await inNewFolder(body)
        } catch {
            await Turnstile.shared.leave()
            throw error
        }
        await Turnstile.shared.leave()
    }

    private static func inNewFolder(_ body: (Workspace) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "autotagger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(Workspace(witness: try await Witness.shared.value, folder: folder))
    }

    private init(witness: Witness, folder: URL) {
        self.witness = witness
        self.folder = folder
        accessKey = "AKIA" + UUID().uuidString.filter { $0 != "-" }.prefix(16)
        environment = [
            "HOME": folder.path, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": accessKey,
            "AWS_SECRET_ACCESS_KEY": "not-a-secret", "AWS_ENDPOINT_URL": witness.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true", "AUTOTAGGER_LEDGER": folder.appending(component: "ledger.sqlite").path,
        ]
    }

    /// The same place with other variables; `nil` takes one away.
    func with(_ variables: [String: String?]) -> Workspace {
        var changed = self
        for (name, value) in variables { changed.environment[name] = value }
        return changed
    }

    /// The path of a file here.
    func path(_ name: String) -> String { folder.appending(component: name).path }

    /// Writes a file here.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(component: name))
        return path(name)
    }

    /// Starts `autotagger`.
    func start(_ arguments: [String], input: String? = nil) throws -> RunningProgram {
        try RunningProgram(
            Prerequisites.autotagger, arguments, environment: environment, input: input, in: folder)
    }

    /// Runs `autotagger` to its end.
    func autotagger(_ arguments: [String], input: String? = nil) async throws -> ProgramRun {
        try await start(arguments, input: input).finished()
    }

    /// Runs `autotagger` to its end.
    func autotagger(_ arguments: String..., input: String? = nil) async throws -> ProgramRun {
        try await autotagger(arguments, input: input)
    }

    /// Has `autotagger process` take events in one file, one a line.
    func process(_ events: JSONValue..., options: [String] = []) async throws -> ProgramRun {
        let file = try write(events.map { $0.compactText + "\n" }.joined(), to: "events-\(UUID().uuidString).ndjson")
        return try await start(["process", file, "--format", "ndjson"] + options).finished()
    }

    /// Runs some other program to its end.
    func run(_ program: URL, _ arguments: [String]) async throws -> ProgramRun {
        try await RunningProgram(program, arguments, environment: environment, in: folder).finished()
    }

    /// Starts `autotagger-lambda` on a fake Runtime API.
    func startLambda(runtimeAPI: String) throws -> RunningProgram {
        let runtime = [
            "AWS_LAMBDA_RUNTIME_API": runtimeAPI, "AWS_LAMBDA_FUNCTION_NAME": "autotagger", "_HANDLER": "bootstrap",
        ]
        return try RunningProgram(
            Prerequisites.lambda, [], environment: environment.merging(runtime) { $1 }, in: folder)
    }

    /// What the programs of this workspace asked of AWS so far, by the fake's journal.
    func calls() async throws -> [String] {
        try await witness.ask("calls", ["accessKey": .string(accessKey)]).array?.compactMap { $0["action"]?.string }
            ?? []
    }

    /// Lets a service refuse the next requests that fit, in the words of its wire.
    func refuse(_ action: String, _ status: Int64, _ code: String, _ message: String = "no", times: Int64 = 1)
        async throws
    {
        _ = try await witness.ask(
            "fault",
            [
                "accessKey": .string(accessKey), "action": .string(action), "kind": "refusal",
                "refusal": [.integer(status), .string(code), .string(message)], "times": .integer(times),
            ])
    }

    /// A configuration that does not wait for what is not there yet.
    func impatience() throws -> String { try write("wait: 0s\n", to: "impatient.yaml") }

    /// Lets the next request that fits go wrong; answers its number.
    func fault(_ kind: String, on action: String = "CreateTags", containing id: String = "", times: Int64 = 1)
        async throws -> JSONValue
    {
        try await witness.ask(
            "fault",
            [
                "accessKey": .string(accessKey), "action": .string(action), "kind": .string(kind),
                "containing": .string(id), "times": .integer(times),
            ])
    }
}
