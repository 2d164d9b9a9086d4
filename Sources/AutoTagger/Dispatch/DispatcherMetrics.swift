internal import CoreMetrics
internal import Foundation

/// Counts what becomes of events and resources, and how late the tags come.
///
/// The labels are words of ours, all of them few: outcomes, reasons, kinds of failure.
struct DispatcherMetrics: Sendable {
    private let factory: any MetricsFactory

    init(_ factory: any MetricsFactory) { self.factory = factory }

    func count(_ reports: [EventReport], now: Date) {
        for report in reports {
            let reason = report.reason?.rawValue ?? ""
            counter("autotagger_events_total", ["outcome": report.outcome.rawValue, "reason": reason]).increment()
            for resource in report.resources {
                counter("autotagger_resources_total", ["outcome": resource.outcome.rawValue]).increment()
            }
            for kind in Self.failures(of: report) {
                counter("autotagger_failures_total", ["kind": kind.rawValue]).increment()
            }
            // How long people had to wait for an answer to who made it; a repeated delivery says nothing about that.
            if report.outcome == .tagged, let time = report.eventTime {
                let lag = max(0, now.timeIntervalSince(time))
                Recorder(label: "autotagger_tagging_lag_seconds", dimensions: [], aggregate: true, factory: factory)
                    .record(lag)
            }
        }
    }

    private func counter(_ label: String, _ dimensions: KeyValuePairs<String, String>) -> Counter {
        Counter(label: label, dimensions: dimensions.map { ($0.key, $0.value) }, factory: factory)
    }

    /// The sorts of what went wrong for good or for now; what is merely early is no failure.
    private static func failures(of report: EventReport) -> [Failure.Kind] {
        let failed = report.resources.filter { $0.outcome == .failed }.compactMap { $0.error?.kind }
        if !failed.isEmpty { return failed }
        return report.outcome == .failed ? [report.error?.kind ?? .service] : []
    }
}
