import AutoTagger
import Foundation

/// Events to claim and settle.
enum Sample {
    static let now = Date(timeIntervalSince1970: 1_700_000_000)
    static let header = EventHeader(
        eventSource: "ec2.amazonaws.com",
        eventName: "RunInstances",
        region: "eu-central-1",
        eventTime: now
    )

    static func key(_ event: String) -> EventKey { EventKey(accountID: "111122223333", eventID: event) }

    static func claim(_ event: String = "e1", by owner: String = "anna", fingerprint: String = "genuine")
        -> ClaimRequest
    {
        ClaimRequest(
            key: key(event),
            fingerprint: fingerprint,
            header: header,
            owner: owner,
            leaseEnd: now.addingTimeInterval(60),
            now: now
        )
    }

    static func settlement(
        _ event: String = "e1",
        by owner: String = "anna",
        resources: [ResourceReport] = [instance()],
        _ change: (inout EventReport) -> Void = { _ in }
    ) -> Settlement {
        var report = EventReport(key: key(event), header: header, outcome: .tagged)
        report.handler = "ec2:instance"
        report.identity = Identity(type: "IAMUser", name: "zoe", confidence: .certain)
        report.resources = resources
        change(&report)
        return Settlement(
            key: key(event),
            owner: owner,
            report: report,
            startedAt: now,
            now: now.addingTimeInterval(1)
        )
    }

    /// So many instances with long tags: an item holds fewer than 200 of them.
    static func launch(of count: Int) -> [ResourceReport] {
        (0..<count).map { number in
            var instance = instance("i-\(number)")
            instance.tags["Reason"] = String(repeating: "x", count: 1000)
            return instance
        }
    }

    static func instance(_ id: String = "i-1") -> ResourceReport {
        ResourceReport(
            type: ResourceType("ec2", "instance"),
            id: id,
            arn: "arn:aws:ec2:eu-central-1:111122223333:instance/\(id)",
            outcome: .tagged,
            tags: ["Creator": "zoe", "CreatedAt": "2023-11-14T22:13:20Z"],
            requestID: "59dbff89-35bd-4eac-99ed-be587EXAMPLE"
        )
    }
}
