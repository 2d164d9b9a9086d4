private import CloudTrail
private import Foundation

extension LedgerQuery {
    /// Whether an event is among those asked for: the rule for ledgers whose store cannot tell by itself.
    public func matches(_ record: LedgerRecord) -> Bool {
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
    /// What the event is counted under in statistics by a dimension.
    public func value(of dimension: LedgerDimension) -> String {
        switch dimension {
        case .user: report.identity?.name ?? "unknown"
        case .service: report.eventSource
        case .day: report.eventTime.map { String(EventTime.text($0).prefix(10)) } ?? "unknown"
        case .outcome: state.rawValue
        case .account: report.accountID
        }
    }
}
