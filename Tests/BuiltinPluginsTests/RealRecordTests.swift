import AutoTagger
import BuiltinPlugins
import CloudTrail
import Foundation
import JSON
import Testing

/// The catalogue against records that AWS wrote; they are kept beside the project, not in it.
@Suite struct RealRecordTests {
    private static let file: URL? = {
        let named = ProcessInfo.processInfo.environment["AUTOTAGGER_SHARED"].map { URL(filePath: $0) }
        let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared")
        return [named, beside].compactMap { $0?.appending(path: "events/records.ndjson").standardizedFileURL }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    @Test(.enabled(if: file != nil, "the real records are not here: set AUTOTAGGER_SHARED to their folder"))
    func whatIsFoundIsInTheEventsPlace() throws {
        let registry = try HandlerRegistry(catalogue: BuiltinCatalogue())
        let text = try String(contentsOf: #require(Self.file), encoding: .utf8)
        var found: Set<Trigger> = []
        var problems: [String] = []
        for line in text.split(separator: "\n") {
            let event = CloudTrailEvent(record: try JSONValue(parsing: String(line))["event"] ?? .null)
            let trigger = Trigger(event.eventSource, event.eventName)
            for entry in try registry.handlers(for: trigger) where event.errorCode == nil {
                for resource in entry.handler.find(in: event).resources {
                    found.insert(trigger)
                    // AWS's own documentation writes "rescore execution plan ARN" where one would stand.
                    let isPlaceholder = resource.arn.hasSuffix(" ARN")
                    if !isPlaceholder, ARNParts(resource.arn) == nil || resource.id.isEmpty {
                        problems.append("\(trigger): \(resource.arn)")
                    }
                }
            }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
        #expect(found.count >= 120)
    }
}
