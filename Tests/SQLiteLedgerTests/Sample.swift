import AutoTagger
import Foundation

/// One event, for tests that are about the file and not about the event.
enum Sample {
    static let header = EventHeader(
        eventSource: "ec2.amazonaws.com",
        eventName: "CreateVolume",
        region: "eu-central-1",
        eventTime: LedgerFolder.now
    )

    static func claim(_ event: String = "e1", by owner: String = "anna") -> ClaimRequest {
        ClaimRequest(
            key: EventKey(accountID: "111122223333", eventID: event),
            fingerprint: "genuine",
            header: header,
            owner: owner,
            leaseEnd: LedgerFolder.now.addingTimeInterval(60),
            now: LedgerFolder.now
        )
    }

    static func settlement(_ event: String = "e1", by owner: String = "anna") -> Settlement {
        let key = EventKey(accountID: "111122223333", eventID: event)
        return Settlement(
            key: key,
            owner: owner,
            report: EventReport(key: key, header: header, outcome: .tagged),
            startedAt: LedgerFolder.now,
            now: LedgerFolder.now.addingTimeInterval(1)
        )
    }
}
