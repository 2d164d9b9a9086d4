import AWSClient
import AutoTagger
import CurlHTTP
import DynamoDBLedger
import Foundation
import JSON
import Testing

/// The fake AWS: one Python process for the whole suite. It ends with this process, when its standard input closes.
final class FakeDynamoDB: Sendable {
    /// The one of this process.
    static let shared = Result { try FakeDynamoDB() }

    /// Said by every test that is skipped.
    static let advice = "the fake AWS is not installed (.venv with moto): run 'make test', which sees to it"
    /// Whether it is there.
    static let isInstalled = FileManager.default.fileExists(
        atPath: root.appending(path: ".venv/complete").path
    )

    let endpoint: String
    private let input: FileHandle

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private init() throws {
        let process = Process()
        process.executableURL = Self.root.appending(path: ".venv/bin/python3")
        process.arguments = ["-m", "support.serve"]
        process.currentDirectoryURL = Self.root.appending(path: "Tests/EndToEnd")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.input = input.fileHandleForWriting
        endpoint = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips, saying why, where the fake AWS is missing.
    static var needsFakeDynamoDB: Self {
        .enabled(if: FakeDynamoDB.isInstalled, Comment(rawValue: FakeDynamoDB.advice))
    }
}

/// A table of one test's own in the fake.
struct TestTable: Sendable {
    static let region = "eu-central-1"
    static let retention: TimeInterval = 400 * 86_400

    let name = "ledger-\(UUID().uuidString)"
    private let endpoint: String

    /// Makes the table; with another definition where a test wants a wrong one.
    init(_ change: (inout [String: JSONValue]) -> Void = { _ in }) async throws {
        endpoint = try FakeDynamoDB.shared.get().endpoint
        var definition = TableDefinition.input(name: name).object ?? [:]
        change(&definition)
        try await call("CreateTable", .object(definition))
        try await call(
            "UpdateTimeToLive",
            [
                "TableName": .string(name),
                "TimeToLiveSpecification": ["Enabled": true, "AttributeName": .string(TableDefinition.timeToLive)],
            ]
        )
    }

    /// One more ledger on the table, as another machine would open it.
    func open(
        through transport: (any HTTPTransport)? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        named: String? = nil
    ) -> DynamoDBLedger {
        DynamoDBLedger(
            table: named ?? name,
            region: Self.region,
            client: client(transport ?? Self.transport, clock: clock),
            retention: Self.retention,
            clock: clock
        )
    }

    /// Something that looks at the table.
    func probe(through transport: any HTTPTransport, clock: any Clock<Duration>) -> DynamoDBLedgerProbe {
        DynamoDBLedgerProbe(table: name, region: Self.region, client: client(transport, clock: clock))
    }

    /// Asks the table itself.
    @discardableResult
    func call(_ operation: String, _ input: JSONValue) async throws -> JSONValue {
        let service = AWSService(
            id: "DynamoDB",
            endpointPrefix: "dynamodb",
            wire: .json,
            apiVersion: "2012-08-10",
            targetPrefix: "DynamoDB_20120810",
            jsonVersion: "1.0"
        )
        return try await client(Self.transport, clock: ContinuousClock())
            .call(AWSOperation(service, operation), input, in: AWSScope(region: Self.region)).output
    }

    /// Every item of the table.
    func items() async throws -> [[String: JSONValue]] {
        try await call("Scan", ["TableName": .string(name)])["Items"]?.array?.compactMap(\.object) ?? []
    }

    static let transport = CurlTransport()

    private func client(_ transport: any HTTPTransport, clock: any Clock<Duration>) -> AWSClient {
        AWSClient(
            configuration: AWSConfiguration(endpointURL: endpoint),
            transport: transport,
            environment: ["AWS_ACCESS_KEY_ID": "AKIALEDGER", "AWS_SECRET_ACCESS_KEY": "secret"],
            clock: clock
        )
    }
}
