import Foundation
import JSON
import Testing

/// A deployment in an account of its own, and the doctor who looks at it with the role's credentials.
struct DoctorSite: Sendable {
    /// The workspace, with the role's credentials in its environment.
    var place: Workspace
    /// What was made: names, URLs and ARNs.
    let facts: JSONValue

    /// A healthy deployment, by the pattern and the policies that the program itself generates; that with a function has
    /// its ledger in a table.
    init(in place: Workspace, withFunction: Bool) async throws {
        let pattern = try await Self.generated("event-pattern", in: place)
        let policies = try JSONValue(parsing: try await Self.generated("iam-policy", in: place))
        facts = try await place.witness.ask(
            "deploy", ["policies": policies, "pattern": .string(pattern), "function": .bool(withFunction)])
        self.place = place.with([
            "AWS_ACCESS_KEY_ID": facts["accessKey"]?.string, "AWS_SECRET_ACCESS_KEY": facts["secretKey"]?.string,
            "AWS_SESSION_TOKEN": facts["token"]?.string,
            "AUTOTAGGER_LEDGER": withFunction ? "dynamodb://autotagger" : place.path("ledger.sqlite"),
        ])
    }

    /// One of the facts.
    subscript(name: String) -> String { facts[name]?.string ?? "" }

    /// Both are the same for every deployment, so they are asked for once.
    private static func generated(_ what: String, in place: Workspace) async throws -> String {
        try await Generated.shared.text(of: what, in: place)
    }

    /// Any call of boto3 in the deployment's account; `$queue` in a text stands for the fact of that name.
    @discardableResult
    func call(_ service: String, _ operation: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await place.witness.ask(
            "change",
            [
                "account": .string(self["account"]), "service": .string(service), "operation": .string(operation),
                "params": filled(parameters),
            ])
    }

    /// Lets requests of these programs go wrong.
    func fault(_ kind: String, on action: String) async throws {
        _ = try await place.witness.ask(
            "fault",
            [
                "accessKey": .string(self["accessKey"]), "action": .string(action), "kind": .string(kind), "times": 99,
            ])
    }

    /// Has the program process the launch of a volume of this account, which is really there.
    func processVolume(options: [String] = []) async throws -> ProgramRun {
        let made = try await call("ec2", "create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
        let fixture = try Data(contentsOf: Prerequisites.fixtures.appending(path: "ec2/CreateVolume.json"))
        var event = try #require(try JSONValue(parsing: fixture).object)
        event["eventID"] = .string(UUID().uuidString.lowercased())
        event["awsRegion"] = "us-east-1"
        event["recipientAccountId"] = .string(self["account"])
        event["responseElements"] = ["volumeId": made["VolumeId"] ?? .null]
        return try await place.process(.object(event), options: options)
    }

    /// The facts in place of their names, in every text.
    func filled(_ value: JSONValue) -> JSONValue {
        switch value.kind {
        case .string(let text): .string(filled(text))
        case .array(let elements): .array(elements.map(filled))
        case .object(let members): .object(members.mapValues(filled))
        case .null, .bool, .integer, .number: value
        }
    }

    /// The facts in place of their names; the longest name first, since some begin alike.
    func filled(_ text: String) -> String {
        (facts.object ?? [:]).sorted { $0.key.count > $1.key.count }.reduce(text) { text, fact in
            text.replacing("$\(fact.key)", with: fact.value.string ?? "")
        }
    }

    /// What the doctor says.
    func examine(_ arguments: [String]) async throws -> Examination {
        Examination(try await place.autotagger(["doctor", "--format", "ndjson"] + arguments.map(filled)))
    }
}

/// What the doctor said.
struct Examination: Sendable {
    let run: ProgramRun

    init(_ run: ProgramRun) { self.run = run }

    /// The checks with at least one line of that status.
    func checks(_ status: String) -> Set<String> {
        Set(run.reports.filter { $0["status"]?.string == status }.compactMap { $0["check"]?.string })
    }

    /// All that the lines of a check say.
    func text(of check: String) -> String {
        run.reports.filter { $0["check"]?.string == check }
            .flatMap { line in ["what", "why", "do"].compactMap { line[$0]?.string } }.joined(separator: "\n")
    }
}

/// What `generate` prints, once for all tests.
private actor Generated {
    static let shared = Generated()
    private var pending: [String: Task<String, any Error>] = [:]

    func text(of what: String, in place: Workspace) async throws -> String {
        let run = pending[what] ?? Task { try await place.autotagger("generate", what).output }
        pending[what] = run
        return try await run.value
    }
}
