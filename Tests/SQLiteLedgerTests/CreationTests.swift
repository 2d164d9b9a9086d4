import AutoTagger
import Foundation
import SQLiteLedger
import Testing

/// Which of several creations of one resource is the latest.
@Suite struct CreationTests {
    private let folder: LedgerFolder
    private static let arn = "arn:aws:ec2:eu-central-1:111122223333:volume/vol-1"

    init() throws { folder = try LedgerFolder() }

    private func settlement(_ event: String) -> Settlement {
        let key = Sample.claim(event).key
        var report = EventReport(key: key, header: Sample.header, outcome: .tagged)
        report.resources = [
            ResourceReport(
                type: ResourceType("ec2", "volume"),
                id: "vol-1",
                arn: Self.arn,
                outcome: .tagged,
                tags: ["Creator": event]
            )
        ]
        let now = LedgerFolder.now
        return Settlement(key: key, owner: "anna", report: report, startedAt: now, now: now.addingTimeInterval(1))
    }

    @Test(arguments: [["e1", "e2", "e3"], ["e3", "e2", "e1"], ["e2", "e3", "e1"]])
    func ofEventsOfOneTimeTheOneSeenLastCountsInWhicheverOrderTheyAreSettled(order: [String]) async throws {
        let ledger = try folder.open()
        _ = try await ledger.claim(["e1", "e2", "e3"].map { Sample.claim($0) })
        #expect(try await ledger.settle(order.map(settlement)) == [true, true, true])
        #expect(try await ledger.latestCreations(of: [Self.arn])[Self.arn]?.written == ["Creator": "e3"])
    }
}
