import AutoTagger
import Foundation
import SQLiteLedger

/// A ledger file with five events, each of another sort; gone with the test.
final class SeededLedger: Sendable {
    let path: String
    private let folder: URL
    private static let account = "123456789101"

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "cli-\(UUID().uuidString)")
        path = folder.appending(path: "ledger.sqlite").path
        let ledger = try SQLiteLedger(path: path, now: Self.time(0))
        try await Self.seed(ledger)
        try ledger.close()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// So many minutes after the first event.
    private static func time(_ minutes: Double) -> Date {
        Date(timeIntervalSince1970: 1_691_037_387 + minutes * 60)
    }

    private static func seed(_ ledger: SQLiteLedger) async throws {
        try await settle(ledger, "e-instance", "RunInstances", at: 0, seungkim, .tagged) { report in
            report.resources = [
                resource("instance", "i-0abc", tags: ["Creator": "seungkim", "CreatedAt": "2023-08-03T04:36:27Z"]),
                resource("volume", "vol-0def", tags: ["Creator": "seungkim", "InstanceId": "i-0abc"]),
            ]
        }
        try await settle(ledger, "e-volume", "CreateVolume", at: 60, role, .unchanged) { report in
            report.resources = [
                resource(
                    "volume",
                    "vol-0123",
                    .unchanged,
                    tags: ["Creator": "zoe@example.com"],
                    kept: ["Creator": "Zoë, \"Z\""]
                )
            ]
        }
        try await settle(ledger, "e-denied", "CreateVpc", at: 120, role, .failed) { report in
            let denied = Failure(
                code: "UnauthorizedOperation",
                message: "not allowed to call ec2:CreateTags",
                requestID: "req-2",
                isTransient: false,
                kind: .permission
            )
            report.resources = [resource("vpc", "vpc-1", .failed, tags: ["Creator": "zoe@example.com"], error: denied)]
        }
        let skipped = report("e-skipped", "DescribeInstances", at: 180, nil, .skipped, reason: .readOnly)
        try await ledger.note([
            SkippedEvent(
                key: key("e-skipped"),
                fingerprint: "f",
                header: header(skipped),
                report: skipped,
                now: time(181)
            )
        ])
        let claimed = report("e-claimed", "CreateSubnet", at: 240, nil, .deferred)
        _ = try await ledger.claim([claim(claimed, at: 241)])
    }

    private static func settle(
        _ ledger: SQLiteLedger,
        _ event: String,
        _ name: String,
        at minutes: Double,
        _ identity: Identity,
        _ outcome: Outcome,
        _ fill: (inout EventReport) -> Void
    ) async throws {
        var report = report(event, name, at: minutes, identity, outcome)
        fill(&report)
        _ = try await ledger.claim([claim(report, at: minutes + 1)])
        _ = try await ledger.settle([
            Settlement(
                key: key(event),
                owner: "host-1",
                report: report,
                startedAt: time(minutes + 1),
                now: time(minutes + 1.5)
            )
        ])
    }

    private static func claim(_ report: EventReport, at minutes: Double) -> ClaimRequest {
        ClaimRequest(
            key: key(report.eventID),
            fingerprint: "f",
            header: header(report),
            owner: "host-1",
            leaseEnd: time(minutes + 5),
            now: time(minutes)
        )
    }

    private static func key(_ event: String) -> EventKey {
        EventKey(accountID: account, eventID: event)
    }

    private static func header(_ report: EventReport) -> EventHeader {
        EventHeader(
            eventSource: report.eventSource,
            eventName: report.eventName,
            region: report.region,
            eventTime: report.eventTime
        )
    }

    private static func report(
        _ event: String,
        _ name: String,
        at minutes: Double,
        _ identity: Identity?,
        _ outcome: Outcome,
        reason: SkipReason? = nil
    ) -> EventReport {
        let header = EventHeader(
            eventSource: "ec2.amazonaws.com",
            eventName: name,
            region: "ap-northeast-2",
            eventTime: time(minutes)
        )
        var report = EventReport(key: key(event), header: header, outcome: outcome, reason: reason)
        report.identity = identity
        return report
    }

    private static func resource(
        _ type: String,
        _ id: String,
        _ outcome: Outcome = .tagged,
        tags: [String: String],
        kept: [String: String] = [:],
        error: Failure? = nil
    ) -> ResourceReport {
        ResourceReport(
            type: ResourceType("ec2", type),
            id: id,
            arn: "arn:aws:ec2:ap-northeast-2:\(account):\(type)/\(id)",
            outcome: outcome,
            tags: tags,
            kept: kept,
            requestID: outcome == .tagged ? "req-1" : nil,
            error: error
        )
    }

    private static var seungkim: Identity {
        var identity = Identity(type: "IAMUser", name: "seungkim", confidence: .certain)
        identity.arn = "arn:aws:iam::\(account):user/seungkim"
        return identity
    }

    private static var role: Identity {
        let display = "UserName: zoe@example.com, Role: Admin (role)"
        var identity = Identity(type: "AssumedRole", name: "zoe@example.com", display: display, confidence: .claimed)
        identity.arn = "arn:aws:sts::\(account):assumed-role/Admin/zoe@example.com"
        identity.invokedBy = "cloudformation.amazonaws.com"
        return identity
    }
}
