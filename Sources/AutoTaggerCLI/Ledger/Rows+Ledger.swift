import AutoTagger
import CloudTrail
import Foundation
import JSON

/// What the ledger answered, as rows.
extension Rows {
    static func events(_ records: some Sequence<LedgerRecord>) -> Rows {
        Rows(
            columns: [
                Column(title: "TIME", key: "eventTime"), Column(title: "USER", key: "user", mayBeCut: true),
                Column(title: "USER ARN", key: "userArn", inTable: false),
                Column(title: "EVENT", key: "eventName", mayBeCut: true),
                Column(title: "SOURCE", key: "eventSource", inTable: false),
                Column(title: "OUTCOME", key: "state"), Column(title: "REASON", key: "reason", inTable: false),
                Column(title: "RESOURCES", key: "resources", mayBeCut: true),
                Column(title: "ACCOUNT", key: "accountID"), Column(title: "REGION", key: "region"),
                Column(title: "EVENT ID", key: "eventID"),
            ],
            records: records.map { record in
                let report = record.report
                return Record(
                    cells: [
                        text(report.eventTime), report.identity?.name ?? "", report.identity?.arn ?? "",
                        report.eventName,
                        report.eventSource, record.state.rawValue, report.reason?.rawValue ?? "",
                        report.resources.map(\.id).joined(separator: " "), report.accountID, report.region,
                        report.eventID,
                    ],
                    document: record.document
                )
            }
        )
    }

    static func makers(of idOrARN: String, in records: [LedgerRecord]) -> Rows {
        Rows(
            layout: .blocks,
            columns: [
                Column(title: "Made by", key: "user"), Column(title: "Known as", key: "display"),
                Column(title: "ARN", key: "userArn"), Column(title: "When", key: "eventTime"),
                Column(title: "How", key: "how"),
                Column(title: "Resource", key: "resource"), Column(title: "Event", key: "eventID"),
                Column(title: "Account", key: "accountID"), Column(title: "Region", key: "region"),
                Column(title: "Tags", key: "state"),
            ],
            records: records.map { record in
                let report = record.report
                let made = report.resources.first { $0.id == idOrARN || $0.arn == idOrARN }
                return Record(
                    cells: [
                        report.identity?.name ?? "", knownAs(report), report.identity?.arn ?? "",
                        text(report.eventTime), how(report), made.map(name) ?? "", report.eventID, report.accountID,
                        report.region,
                        made.map(tags) ?? record.state.rawValue,
                    ],
                    document: record.document
                )
            }
        )
    }

    static func stories(_ records: [LedgerRecord]) -> Rows {
        Rows(
            layout: .blocks,
            columns: [
                Column(title: "Event", key: "eventID"), Column(title: "API", key: "eventName"),
                Column(title: "Service", key: "eventSource"),
                Column(title: "Time", key: "eventTime"), Column(title: "Account", key: "accountID"),
                Column(title: "Region", key: "region"), Column(title: "Made by", key: "user"),
                Column(title: "Known as", key: "display"), Column(title: "ARN", key: "userArn"),
                Column(title: "Handler", key: "handler"),
                Column(title: "Outcome", key: "state"), Column(title: "Reason", key: "reason"),
                Column(title: "Error", key: "error"), Column(title: "Attempts", key: "attempts"),
                Column(title: "First seen", key: "firstSeen"), Column(title: "Last change", key: "updatedAt"),
                Column(title: "Held by", key: "owner"), Column(title: "Held until", key: "leaseEnd"),
                Column(title: "Due again", key: "retryAt"), Column(title: "Forged copies", key: "quarantined"),
            ],
            records: records.map(story)
        )
    }

    private static func story(_ record: LedgerRecord) -> Record {
        let report = record.report
        return Record(
            cells: [
                report.eventID, report.eventName, report.eventSource, text(report.eventTime), report.accountID,
                report.region, report.identity?.name ?? "", knownAs(report), report.identity?.arn ?? "",
                report.handler ?? "",
                record.state.rawValue, report.reason?.rawValue ?? "", report.error.map(text) ?? "",
                String(record.attempts), text(record.firstSeen), text(record.updatedAt), record.lease?.owner ?? "",
                text(record.lease?.end), text(record.retryAt),
                record.quarantined == 0 ? "" : String(record.quarantined),
            ],
            document: record.document,
            parts: [("Resources", resources(of: report)), ("Attempts", attempts(of: record))]
        )
    }

    static func counts(_ counts: [LedgerCount], by dimension: LedgerDimension) -> Rows {
        Rows(
            columns: [
                Column(title: dimension.rawValue.uppercased(), key: dimension.rawValue),
                Column(title: "EVENTS", key: "events"), Column(title: "RESOURCES TAGGED", key: "resources"),
            ],
            records: counts.map { count in
                Record(
                    cells: [count.value, String(count.events), String(count.resources)],
                    document: [
                        dimension.rawValue: .string(count.value), "events": .integer(Int64(count.events)),
                        "resources": .integer(Int64(count.resources)),
                    ]
                )
            }
        )
    }

    static func findings(_ findings: [String]) -> Rows {
        Rows(
            columns: [Column(title: "FINDING", key: "finding")],
            records: findings.map { Record(cells: [$0], document: ["finding": .string($0)]) }
        )
    }
}

extension Rows {
    private static func resources(of report: EventReport) -> Rows {
        Rows(
            columns: ["TYPE", "ID", "OUTCOME", "TAGS", "KEPT", "REQUEST", "ERROR"].map { Column(title: $0, key: $0) },
            records: report.resources.map { resource in
                Record(
                    cells: [
                        resource.type.description, resource.id, resource.outcome.rawValue, text(resource.written),
                        text(resource.kept), resource.requestID ?? resource.error?.requestID ?? "",
                        resource.error.map(text) ?? resource.reason?.rawValue ?? "",
                    ],
                    document: nil
                )
            }
        )
    }

    private static func attempts(of record: LedgerRecord) -> Rows {
        Rows(
            columns: ["NUMBER", "BEGUN", "ENDED", "OUTCOME", "OWNER", "ERROR"].map { Column(title: $0, key: $0) },
            records: record.history.map { attempt in
                Record(
                    cells: [
                        String(attempt.number), text(attempt.startedAt), text(attempt.endedAt),
                        attempt.outcome.rawValue,
                        attempt.owner, attempt.error.map(text) ?? "",
                    ],
                    document: nil
                )
            }
        )
    }

    private static func text(_ date: Date?) -> String {
        date.map(EventTime.text) ?? ""
    }

    private static func text(_ tags: [String: String]) -> String {
        tags.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
    }

    private static func text(_ failure: Failure) -> String {
        "\(failure.code): \(failure.message)"
    }

    /// The one-line form, where it says more than the name.
    private static func knownAs(_ report: EventReport) -> String {
        guard let identity = report.identity, identity.display != identity.name else { return "" }
        return identity.display
    }

    private static func how(_ report: EventReport) -> String {
        let call = "\(report.eventName) (\(report.eventSource))"
        return report.identity?.invokedBy.map { "\(call), via \($0)" } ?? call
    }

    private static func name(_ resource: ResourceReport) -> String {
        "\(resource.type) \(resource.arn)"
    }

    private static func tags(_ resource: ResourceReport) -> String {
        let reason = resource.reason?.rawValue ?? resource.error?.code
        return resource.outcome.rawValue + (reason.map { " (\($0))" } ?? "")
    }
}
