internal import CoreMetrics
internal import Foundation

/// Counts what becomes of events and resources, and how late the tags come.
///
/// The labels are words of ours, all of them few: outcomes, reasons, kinds of failure.
struct DispatcherMetrics: Sendable {
    private let factory: any MetricsFactory

    init(_ factory: any MetricsFactory) { self.factory = factory }

    /// Adds up first: to find a counter by its labels costs more than to count a group of events.
    func count(_ reports: [EventReport], now: Date) {
        var counts: [Line: Int] = [:]
        var lags: [Double] = []
        for report in reports {
            counts[.event(report.outcome, report.reason), default: 0] += 1
            for resource in report.resources { counts[.resource(resource.outcome), default: 0] += 1 }
            for kind in Self.failures(of: report) { counts[.failure(kind), default: 0] += 1 }
            // How long people had to wait for an answer to who made it; a repeated delivery says nothing about that.
            if report.outcome == .tagged, let time = report.eventTime {
                lags.append(max(0, now.timeIntervalSince(time)))
            }
        }
        for (line, count) in counts {
            Counter(label: line.label, dimensions: line.dimensions, factory: factory).increment(by: count)
        }
        guard !lags.isEmpty else { return }
        let recorder = Recorder(
            label: "autotagger_tagging_lag_seconds", dimensions: [], aggregate: true, factory: factory)
        for lag in lags { recorder.record(lag) }
    }

    /// One counter: its name and its labels.
    private enum Line: Hashable {
        case event(Outcome, SkipReason?)
        case resource(Outcome)
        case failure(Failure.Kind)

        var label: String {
            switch self {
            case .event: "autotagger_events_total"
            case .resource: "autotagger_resources_total"
            case .failure: "autotagger_failures_total"
            }
        }

        var dimensions: [(String, String)] {
            switch self {
            case .event(let outcome, let reason): [("outcome", outcome.rawValue), ("reason", reason?.rawValue ?? "")]
            case .resource(let outcome): [("outcome", outcome.rawValue)]
            case .failure(let kind): [("kind", kind.rawValue)]
            }
        }
    }

    /// The sorts of what went wrong, whether it may pass or not; what is merely early is no failure.
    private static func failures(of report: EventReport) -> [Failure.Kind] {
        let failed = report.resources.filter { $0.outcome == .failed }.compactMap { $0.error?.kind }
        if !failed.isEmpty { return failed }
        return report.outcome == .failed ? [report.error?.kind ?? .service] : []
    }
}
