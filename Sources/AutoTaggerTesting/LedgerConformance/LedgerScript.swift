import AutoTagger
import Foundation

/// Short forms for what the suite claims and settles. Times are seconds after a fixed start.
enum LedgerScript {
    static let start = Date(timeIntervalSince1970: 1_691_037_387)

    static func time(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    static func key(_ event: String, account: String = "111122223333") -> EventKey {
        EventKey(accountID: account, eventID: event)
    }

    static func header(_ name: String = "RunInstances", at seconds: Double? = -60) -> EventHeader {
        EventHeader(
            eventSource: "ec2.amazonaws.com",
            eventName: name,
            region: "eu-central-1",
            eventTime: seconds.map(time)
        )
    }

    static func claim(
        _ event: String = "e1",
        by owner: String = "anna",
        at seconds: Double = 0,
        lease: Double = 60,
        content: String = "genuine",
        header: EventHeader = header()
    ) -> ClaimRequest {
        ClaimRequest(
            key: key(event),
            fingerprint: content,
            header: header,
            owner: owner,
            leaseEnd: time(seconds + lease),
            now: time(seconds)
        )
    }

    static func settlement(
        _ report: EventReport,
        by owner: String = "anna",
        at seconds: Double = 10,
        retryAt: Double? = nil,
        maximumAttempts: Int = 5
    ) -> Settlement {
        Settlement(
            key: key(report.eventID),
            owner: owner,
            report: report,
            startedAt: time(seconds - 1),
            now: time(seconds),
            retryAt: retryAt.map(time),
            maximumAttempts: maximumAttempts
        )
    }

    static func report(
        _ outcome: Outcome,
        of event: String = "e1",
        reason: SkipReason? = nil,
        resources: [ResourceReport] = [],
        error: Failure? = nil,
        header: EventHeader = header()
    ) -> EventReport {
        var report = EventReport(key: key(event), header: header, outcome: outcome, reason: reason)
        report.handler = "ec2:instance"
        report.identity = identity("Zoë", "arn:aws:iam::111122223333:user/zoe")
        report.resources = resources
        report.error = error
        return report
    }

    static func identity(_ name: String, _ arn: String?) -> Identity {
        var identity = Identity(type: "IAMUser", name: name, confidence: .certain)
        identity.arn = arn
        return identity
    }

    static func volume(
        _ id: String = "vol-1",
        _ outcome: Outcome = .tagged,
        tags: [String: String] = ["Creator": "zoe"],
        kept: [String: String] = [:],
        error: Failure? = nil
    ) -> ResourceReport {
        ResourceReport(
            type: ResourceType("ec2", "volume"),
            id: id,
            arn: arn(id),
            outcome: outcome,
            tags: tags,
            kept: kept,
            requestID: outcome == .tagged ? "request-1" : nil,
            error: error
        )
    }

    static func arn(_ id: String) -> String { "arn:aws:ec2:eu-central-1:111122223333:volume/\(id)" }

    static let passing = Failure(code: "Throttling", message: "slow down", isTransient: true, kind: .service)
    static let lasting = Failure(
        code: "UnauthorizedOperation",
        message: "not allowed",
        requestID: "request-2",
        isTransient: false,
        kind: .permission
    )

    static func skipped(_ reason: SkipReason, of event: String = "e1", at seconds: Double = 0) -> SkippedEvent {
        SkippedEvent(
            key: key(event),
            fingerprint: "genuine",
            header: header(),
            report: report(.skipped, of: event, reason: reason),
            now: time(seconds)
        )
    }
}

extension Ledger {
    /// Claims one event.
    func answer(_ request: ClaimRequest) async throws -> ClaimAnswer? {
        try await claim([request]).first
    }

    /// Settles one event.
    func accepts(_ settlement: Settlement) async throws -> Bool? {
        try await settle([settlement]).first
    }

    /// The one record of an event.
    func record(_ event: String = "e1") async throws -> LedgerRecord? {
        try await records(ofEvent: event).first
    }
}
