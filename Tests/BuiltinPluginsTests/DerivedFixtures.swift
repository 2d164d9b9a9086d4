import AutoTagger
import AutoTaggerTesting
import CloudTrail
import Foundation
import JSON

/// What `make fixtures` derived from botocore's models.
enum DerivedFixtures {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/derived")

    /// The smallest record in which a resource is found.
    struct Derived {
        let type: String
        let event: CloudTrailEvent
        /// What AWS answers to the question that its handler asks, if it does.
        let answer: JSONValue?

        /// What a handler finds, with that answer where the record is not enough.
        func resources(by handler: any ResourceHandler) async throws -> [TaggableResource] {
            let finding = handler.find(in: event)
            guard let answer, let question = finding.lookups.first else { return finding.resources }
            let lookup = Lookup(
                accountID: event.accountID, region: event.region,
                reader: ScriptedReader([question.operation: [.success([answer])]]), isYoung: false, patience: .zero,
                clock: ContinuousClock())
            return try await handler.complete(finding, of: event, with: lookup).resources
        }
    }

    /// One record for each declared type and event name.
    static func records() throws -> [Derived] {
        let text = try String(contentsOf: folder.appending(path: "records.ndjson"), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let entry = try JSONValue(parsing: String(line))
            var record = entry["record"]?.object ?? [:]
            record["eventID"] = "00000000-0000-4000-8000-000000000001"
            record["eventTime"] = "2026-01-02T03:04:05Z"
            record["awsRegion"] = "us-east-1"
            record["recipientAccountId"] = "123456789012"
            return Derived(
                type: entry["type"]?.string ?? "", event: CloudTrailEvent(record: .object(record)),
                answer: entry["answer"])
        }
    }

    /// The operations of botocore's models, by plugin and name.
    static func operations() throws -> JSONValue {
        try JSONValue(parsing: Data(contentsOf: folder.appending(path: "operations.json")))
    }
}
