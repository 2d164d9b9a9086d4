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
            return Derived(type: entry["type"]?.string ?? "", event: CloudTrailEvent(record: .object(record)))
        }
    }

    /// The operations of botocore's models, by plugin and name.
    static func operations() throws -> JSONValue {
        try JSONValue(parsing: Data(contentsOf: folder.appending(path: "operations.json")))
    }
}
