import AutoTagger
import CloudTrail
import Foundation
import JSON

/// Prints explained events: a story for people, the contract's lines for programs.
struct StoryOutput {
    private let format: OutputFormat
    private let context: CommandContext
    private var reports: ReportOutput
    private var isFirst = true

    init(format: OutputFormat, context: CommandContext) {
        self.format = format
        self.context = context
        reports = ReportOutput(format: format, context: context)
    }

    mutating func add(_ report: EventReport) {
        guard format == .table else { return reports.add(report) }
        context.output((isFirst ? "" : "\n") + Self.story(of: report))
        isFirst = false
    }

    mutating func finish() {
        if format != .table { reports.finish() }
    }

    /// The story in the order in which it happened: what was called, by whom, what it made, what is to be done.
    static func story(of report: EventReport) -> String {
        let time = report.eventTime.map(EventTime.text) ?? "at an unknown time"
        var lines = [
            "\(report.eventName.isEmpty ? "(no name)" : report.eventName) of \(report.eventSource)  \(time)",
            "  event     \(report.eventID)", "  where     account \(report.accountID), \(report.region)",
        ]
        if let identity = report.identity { lines += who(identity) }
        if let handler = report.handler { lines.append("  handler   \(handler)") }
        if let reason = report.reason { lines.append("  skipped   \(reason.rawValue): \(reason.explanation)") }
        if let error = report.error { lines.append("  failed    \(error.code): \(error.message)") }
        for resource in report.resources {
            lines += ["", "  \(resource.type) \(resource.id)", "    \(resource.arn)"]
            let width = resource.tags.keys.map(\.count).max() ?? 0
            lines += resource.tags.sorted { $0.key < $1.key }.map { key, value in
                "    \(key.padding(toLength: width, withPad: " ", startingAt: 0)) = \(value)"
            }
        }
        if let calls = report.calls, !calls.isEmpty {
            lines += ["", "  calls to AWS"] + calls.map { "    \($0.action) \($0.parameters.compactText)" }
        }
        if let notes = report.notes, !notes.isEmpty {
            lines += ["", "  open until AWS is asked"] + notes.map { "    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func who(_ identity: Identity) -> [String] {
        var lines = ["  who       \(identity.name)  (\(identity.type), \(identity.confidence.rawValue))"]
        let details: [(String, String?)] = [
            ("arn", identity.arn), ("role", identity.role), ("session", identity.session),
            ("source", identity.sourceIdentity), ("provider", identity.provider),
            ("set", identity.permissionSet), ("machine", identity.machine), ("workload", identity.workload),
            ("broker", identity.broker), ("through", identity.invokedBy),
        ]
        for (title, value) in details {
            if let value { lines.append("    \(title.padding(toLength: 8, withPad: " ", startingAt: 0))\(value)") }
        }
        return lines
    }
}
