import AutoTagger
import CloudTrail
import Foundation
import JSON
import Testing

/// Real records of hundreds of APIs, kept beside the project: whatever they hold, nothing may throw and nothing may be tagged
/// that was not made.
@Suite(
    .enabled(
        if: Fixtures.sharedFolder != nil,
        "the real records are not here: put them beside the project or name them with AUTOTAGGER_SHARED"))
struct RealRecordTests {
    static func records() throws -> [CloudTrailEvent] {
        let folder = try #require(Fixtures.sharedFolder)
        let text = try String(contentsOf: folder.appending(path: "events/records.ndjson"), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            CloudTrailEvent(record: try #require(try JSONValue(parsing: String(line))["event"]))
        }
    }

    @Test func everyRecordGoesThroughADryRun() async throws {
        let dispatcher = try Bench().dispatcher()
        var outcomes: [String: Int] = [:]
        for event in try Self.records() {
            let report = await dispatcher.explain(event)
            outcomes["\(report.outcome) \(report.reason.map(\.rawValue) ?? "")", default: 0] += 1
            #expect(
                report.outcome == .planned || report.outcome == .skipped,
                "\(event.eventID): \(report.error?.message ?? "")")
            if event.errorCode != nil || event.isReadOnly == true { #expect(report.resources.isEmpty) }
            for resource in report.resources {
                let parts = try #require(ARNParts(resource.arn))
                #expect(parts.account.isEmpty || parts.account == event.accountID)
                #expect(resource.tags.values.allSatisfy { !$0.isEmpty && $0.utf16.count <= 256 })
            }
        }
        print("real records: \(outcomes.values.reduce(0, +)) explained,", outcomes.sorted { $0.value > $1.value })
        #expect(outcomes.values.reduce(0, +) >= 1_700)
    }

    @Test func everyEnvelopeIsOpenedOrNamed() throws {
        let folder = try #require(Fixtures.sharedFolder).appending(path: "events/envelopes")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String })
        var opened = 0
        var named: [String: Int] = [:]
        for file in files where file.hasSuffix(".json") && file != "index.json" || file.hasSuffix(".gz") {
            for item in try Envelope.open(Data(contentsOf: folder.appending(path: file))) {
                switch item.content {
                case .success: opened += 1
                case .failure(let error): named[error.code.rawValue, default: 0] += 1
                }
            }
        }
        print("real envelopes: \(opened) events,", named)
        #expect(opened >= 40)
    }
}
