public import AutoTagger
import CloudTrail
import Foundation

extension InMemoryLedger {
    /// See ``LedgerHistory/events(matching:)``.
    public func events(matching query: LedgerQuery) throws(LedgerError) -> [LedgerRecord] {
        Array(try latestFirst().filter(query.matches).prefix(query.limit))
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

extension LedgerQuery {
    fileprivate func matches(_ record: LedgerRecord) -> Bool {
        let report = record.report
        if since != nil || until != nil {
            guard let time = report.eventTime else { return false }
            if let since, time < since { return false }
            if let until, time >= until { return false }
        }
        if let account, report.accountID != account { return false }
        if let region, report.region != region { return false }
        if let eventName, report.eventName != eventName { return false }
        if let state, record.state != state { return false }
        if let user {
            let glob = Glob(user, ignoringCase: true)
            guard let identity = report.identity else { return false }
            guard [identity.name, identity.arn, identity.display].compactMap(\.self).contains(where: glob.matches)
            else {
                return false
            }
        }
        if let resource {
            let glob = Glob(resource)
            let matches = { (found: ResourceReport) in
                [found.id, found.arn, found.type.description].contains(where: glob.matches)
            }
            guard report.resources.contains(where: matches) else { return false }
        }
        return true
    }
}

extension LedgerRecord {
    fileprivate func value(of dimension: LedgerDimension) -> String {
        switch dimension {
        case .user: report.identity?.name ?? "unknown"
        case .service: report.eventSource
        case .day: report.eventTime.map { String(EventTime.text($0).prefix(10)) } ?? "unknown"
        case .outcome: state.rawValue
        case .account: report.accountID
        }
    }
}
