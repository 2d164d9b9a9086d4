import AutoTagger
import CloudTrail
import Foundation
import JSON

/// Prints reports in the form that was asked for: line by line where the form allows it, else at the end.
struct ReportOutput {
    private let format: OutputFormat
    private let context: CommandContext
    private var held: [EventReport] = []

    init(format: OutputFormat, context: CommandContext) {
        self.format = format
        self.context = context
    }

    mutating func add(_ report: EventReport) {
        if !report.outcome.isDone {
            let reason = report.cause.map { "\($0.code): \($0.message)" } ?? "no reason given"
            context.errors("autotagger: \(report.eventName) \(report.eventID) \(report.outcome.rawValue): \(reason)\n")
        }
        switch format {
        case .ndjson: context.output(report.document.compactText + "\n")
        // Thousands of reading calls stand in every log file; a person is shown what concerns tags.
        case .table where report.isQuiet: break
        case .table, .json, .csv: held.append(report)
        }
    }

    mutating func finish() {
        guard format != .ndjson else { return }
        context.output(Rows.reports(held).rendered(as: format, terminalWidth: context.terminalWidth))
        held = []
    }
}

extension Rows {
    /// Events and what became of them, a line each.
    static func reports(_ reports: [EventReport]) -> Rows {
        let hasReasons = reports.contains { $0.reason != nil }
        return Rows(
            columns: [
                Column(title: "TIME", key: "eventTime"), Column(title: "EVENT", key: "eventName"),
                Column(title: "SOURCE", key: "eventSource", inTable: false),
                Column(title: "CREATOR", key: "creator"), Column(title: "OUTCOME", key: "outcome"),
                Column(title: "REASON", key: "reason", inTable: hasReasons), Column(title: "RESOURCES", key: "counts"),
                Column(title: "RESOURCE IDS", key: "resources", inTable: false),
                Column(title: "ACCOUNT", key: "accountID"), Column(title: "REGION", key: "region"),
                Column(title: "EVENT ID", key: "eventID"), Column(title: "ERROR", key: "error", inTable: false),
            ],
            records: reports.map { report in
                Record(
                    cells: [
                        report.eventTime.map(EventTime.text) ?? "", report.eventName, report.eventSource,
                        report.identity?.name ?? "", report.outcome.rawValue, report.reason?.rawValue ?? "",
                        counts(report.resources),
                        report.resources.map(\.id).joined(separator: " "), report.accountID, report.region,
                        report.eventID, report.cause.map { "\($0.code): \($0.message)" } ?? "",
                    ],
                    document: report.document)
            })
    }
}

extension Rows {
    /// `1 instance, 3 volumes`: ids by the dozen would bury the rest of the line.
    private static func counts(_ resources: [ResourceReport]) -> String {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for resource in resources {
            let type = resource.type.resource
            if counts[type] == nil { order.append(type) }
            counts[type, default: 0] += 1
        }
        return order.map { "\(counts[$0] ?? 0) \($0)\(counts[$0] == 1 ? "" : "s")" }.joined(separator: ", ")
    }
}

extension EventReport {
    /// The report under the contract's names.
    var document: JSONValue {
        // Every part of a report is text, numbers and lists of them: encoding it cannot fail.
        guard let data = try? JSONEncoder.stable.encode(self), let value = try? JSONValue(parsing: data) else {
            return .null
        }
        return value
    }
}
