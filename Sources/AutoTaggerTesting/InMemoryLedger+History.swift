public import AutoTagger
import Foundation

extension InMemoryLedger {
    /// See ``LedgerHistory/page(of:after:)``.
    public func page(of query: LedgerQuery, after position: LedgerPosition?) throws(LedgerError) -> LedgerPage {
        var records = try latestFirst()[...]
        if let position { records = records.drop { Self.position(of: $0) != position }.dropFirst() }
        let matching = records.filter(query.matches).prefix(query.limit)
        return LedgerPage(
            records: Array(matching),
            next: matching.count == query.limit ? matching.last.map(Self.position) : nil
        )
    }

    private static func position(of record: LedgerRecord) -> LedgerPosition {
        LedgerPosition("\(record.report.accountID)|\(record.report.eventID)")
    }

    /// See ``LedgerHistory/makers(ofResource:)``.
    public func makers(ofResource idOrARN: String) throws(LedgerError) -> [LedgerRecord] {
        try latestFirst().filter { $0.report.resources.contains { $0.id == idOrARN || $0.arn == idOrARN } }
    }

    private func latestFirst() throws(LedgerError) -> [LedgerRecord] {
        try records().enumerated()
            .sorted { left, right in
                let (leftTime, rightTime) = (left.element.report.eventTime, right.element.report.eventTime)
                if leftTime == rightTime { return left.offset > right.offset }
                return leftTime ?? .distantPast > rightTime ?? .distantPast
            }
            .map(\.element)
    }

    /// See ``LedgerHistory/statistics(by:)``.
    public func statistics(by dimension: LedgerDimension) throws(LedgerError) -> [LedgerCount] {
        var counts: [String: (events: Int, resources: Int)] = [:]
        for (record, tagged) in try recordsWithTagged() {
            let value = record.value(of: dimension)
            counts[value, default: (0, 0)].events += 1
            counts[value, default: (0, 0)].resources += tagged
        }
        return counts.map { LedgerCount(value: $0, events: $1.events, resources: $1.resources) }
            .sorted { ($1.events, $0.value) < ($0.events, $1.value) }
    }

    /// See ``LedgerHistory/verify()``. There is no file that could break.
    public func verify() throws(LedgerError) -> [String] {
        _ = try records()
        return []
    }
}
