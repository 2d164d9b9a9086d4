import AutoTagger
import BuiltinPlugins
import CloudTrail
import Foundation
import JSON
import Testing

/// The catalogue against records that AWS wrote; they are kept beside the project, not in it. What each of them made was
/// read from the record itself and AWS's list of ARN formats, and stands in `Tests/Fixtures/reviewed/real-records.ndjson`.
@Suite struct RealRecordTests {
    private static let file: URL? = {
        let named = ProcessInfo.processInfo.environment["AUTOTAGGER_SHARED"].map { URL(filePath: $0) }
        let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared")
        return [named, beside].compactMap { $0?.appending(path: "events/records.ndjson").standardizedFileURL }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    @Test(.enabled(if: file != nil, "the real records are not here: set AUTOTAGGER_SHARED to their folder"))
    func everyRecordYieldsWhatItMadeAndNothingElse() async throws {
        let dispatcher = try Explaining.dispatcher()
        let reviewed = try ReviewedRecord.all()
        let lines = try String(contentsOf: #require(Self.file), encoding: .utf8).split(separator: "\n")
        var open = Set(reviewed.keys)
        var problems: [String] = []
        for (index, line) in lines.enumerated() {
            let event = CloudTrailEvent(record: try JSONValue(parsing: String(line))["event"] ?? .null)
            let report = await dispatcher.explain(event)
            let place = "line \(index + 1), \(event.eventSource)/\(event.eventName)"
            let found = report.resources.map { "\($0.type) \($0.id) \($0.arn)" }
            guard let expected = reviewed[index + 1] else {
                // Failed calls, reading ones, and events that no handler waits for.
                let isPassedOver = [.failedCall, .dryRunCall, .readOnly, .noHandler].contains(report.reason)
                if !found.isEmpty || !isPassedOver { problems.append("\(place) was not reviewed: \(found)") }
                continue
            }
            open.remove(index + 1)
            if expected.checksum != checksum(line) {
                problems.append("\(place) is another record than the one that was reviewed")
            } else if found != expected.found {
                problems.append("\(place): \(found) instead of \(expected.found)")
            }
        }
        problems += open.sorted().map { "line \($0) was reviewed, but is not there" }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
        let events = Set(reviewed.values.filter { !$0.found.isEmpty }.map(\.event))
        print("real records: \(reviewed.count) reviewed of \(events.count) events, among \(lines.count)")
    }

    @Test func theTableIsAsWideAsItClaimsAndGivesReasons() throws {
        let reviewed = try ReviewedRecord.all().values
        #expect(reviewed.count { !$0.found.isEmpty } >= 185)
        #expect(Set(reviewed.filter { !$0.found.isEmpty }.map(\.event)).count >= 120)
        #expect(reviewed.allSatisfy { $0.found.isEmpty == ($0.why != nil) })
    }

    /// FNV-1a of 64 bits: tells one record from another, not friend from foe.
    private func checksum(_ line: Substring) -> String {
        let sum = line.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// What a record made, as somebody found who read it.
struct ReviewedRecord {
    let event: String
    let checksum: String
    /// Type, id and ARN of each resource.
    let found: [String]
    /// Why there is none.
    let why: String?

    /// The table, by the record's line.
    static func all() throws -> [Int: ReviewedRecord] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/reviewed/real-records.ndjson")
        let entries = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let entry = try JSONValue(parsing: String(line))
            let found = (entry["found"]?.array ?? []).map { resource in
                ["type", "id", "arn"].map { resource[$0]?.string ?? "" }.joined(separator: " ")
            }
            return (
                Int(entry["line"]?.scalarText ?? "") ?? 0,
                ReviewedRecord(
                    event: entry["event"]?.string ?? "", checksum: entry["checksum"]?.string ?? "", found: found,
                    why: entry["why"]?.string)
            )
        }
        return Dictionary(entries) { first, _ in first }
    }
}
