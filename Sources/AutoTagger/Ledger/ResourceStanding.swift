/// One resource of an event as a ledger keeps it: the latest report, and every tag that any try wrote.
///
/// A second try finds the first one's tags and reports `unchanged`; that must not hide who wrote them.
public struct ResourceStanding: Sendable, Hashable {
    /// What became of it last.
    public var report: ResourceReport
    /// The tags that were written for the event, over all tries.
    public var written: [String: String]

    /// A resource with what was written on it.
    public init(report: ResourceReport, written: [String: String]) {
        self.report = report
        self.written = written
    }

    /// The resources after another try: its reports, and behind them what earlier tries tagged and it does not mention.
    public static func merging(_ earlier: [ResourceStanding], with reports: [ResourceReport]) -> [ResourceStanding] {
        // Nearly every event needs one try.
        if earlier.isEmpty { return reports.map { ResourceStanding(report: $0, written: $0.written) } }
        struct Name: Hashable {
            let id: String
            let arn: String
        }
        var unmentioned: [Name: ResourceStanding] = [:]
        for standing in earlier where !standing.written.isEmpty {
            unmentioned[Name(id: standing.report.id, arn: standing.report.arn)] = standing
        }
        var merged = reports.map { report in
            let before = unmentioned.removeValue(forKey: Name(id: report.id, arn: report.arn))
            let written = (before?.written ?? [:]).merging(report.written) { _, new in new }
            return ResourceStanding(report: report, written: written)
        }
        merged += earlier.filter { standing in
            unmentioned.removeValue(forKey: Name(id: standing.report.id, arn: standing.report.arn)) != nil
        }
        return merged
    }
}
