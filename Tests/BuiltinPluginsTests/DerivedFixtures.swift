import AutoTagger
import AutoTaggerTesting
import CloudTrail
import Foundation
import JSON

/// What `make fixtures` derived from botocore's models, and what was written by hand after the shapes of real records.
enum DerivedFixtures {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")
    private static let folder = fixtures.appending(path: "derived")

    /// The smallest record in which a resource is found.
    struct Derived {
        let type: String
        let event: CloudTrailEvent
        /// The request's members under which the caller may name the ARN that the answer tells.
        let given: [String]
        /// What AWS answers to the question that its handler asks, if it does.
        let answer: JSONValue?

        /// The event of a caller who named an ARN under those members.
        func event(whoseRequestNames arn: String) -> CloudTrailEvent {
            var record = event.record.object ?? [:]
            var request = record["requestParameters"]?.object ?? [:]
            for name in given { request[name] = .string(arn) }
            record["requestParameters"] = .object(request)
            return CloudTrailEvent(record: .object(record))
        }

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

    /// A record for each declared type, event name and alternative of its ARN.
    static func records() throws -> [Derived] {
        let texts = try ["derived", "observed"].map { kind in
            try String(contentsOf: fixtures.appending(path: "\(kind)/records.ndjson"), encoding: .utf8)
        }
        return try texts.flatMap { $0.split(separator: "\n") }.map { line in
            let entry = try JSONValue(parsing: String(line))
            var record = entry["record"]?.object ?? [:]
            record["eventID"] = "00000000-0000-4000-8000-000000000001"
            record["eventTime"] = "2026-01-02T03:04:05Z"
            record["awsRegion"] = "us-east-1"
            record["recipientAccountId"] = "123456789012"
            return Derived(
                type: entry["type"]?.string ?? "", event: CloudTrailEvent(record: .object(record)),
                given: (entry["given"]?.array ?? []).compactMap(\.string), answer: entry["answer"])
        }
    }

    /// A format of AWS's Service Authorization Reference.
    struct ARNFormat {
        private let parts: ARNParts
        private let resource: Glob

        /// Reads `arn:${Partition}:acme:${Region}:${Account}:site/${SiteId}`.
        init?(_ text: String) {
            guard let parts = ARNParts(text) else { return nil }
            self.parts = parts
            resource = Glob(parts.resource.replacing(/\$\{[^}]*\}/, with: "?*"))
        }

        func matches(_ arn: ARNParts) -> Bool {
            parts.region.isEmpty == arn.region.isEmpty && parts.account.isEmpty == arn.account.isEmpty
                && resource.matches(arn.resource)
        }
    }

    /// The ARN formats by service.
    static func arnFormats() throws -> [String: [ARNFormat]] {
        let formats = try JSONValue(parsing: Data(contentsOf: folder.appending(path: "arn-formats.json"))).object ?? [:]
        return formats.mapValues { ($0.array ?? []).compactMap(\.string).compactMap(ARNFormat.init) }
    }

    /// The operations of botocore's models, by plugin and name.
    static func operations() throws -> JSONValue {
        try JSONValue(parsing: Data(contentsOf: folder.appending(path: "operations.json")))
    }
}
