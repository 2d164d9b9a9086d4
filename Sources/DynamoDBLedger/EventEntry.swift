internal import AutoTagger
internal import Foundation

/// An event as the table keeps it, read into memory.
struct EventEntry: Hashable, Sendable {
    /// The event's key, cut to what ``KeyText`` keeps of it.
    let key: EventKey
    let header: EventHeader
    /// Where it stands among all events in time; see ``EventOrder``.
    let order: String
    let firstSeen: Date
    var standing: EventStanding
    /// What was settled last; its resources lie in ``resources``.
    var report: EventReport
    var resources: [ResourceStanding] = []
    /// Where the resources lie when they do not fit into the event's item.
    var parts: PartsReference?
    /// How many of the parts were not there when it was read.
    var lostParts = 0
    var history: [LedgerRecord.Attempt] = []
    /// The fingerprints of other records under the same key.
    var quarantine: [String] = []
    var updatedAt: Date
    /// Counts the writes: every write is conditional on it.
    var version: Int64 = 0

    /// The most of these that are kept; of tries the latest, of foreign fingerprints the first.
    static let keptAttempts = 50
    static let keptFingerprints = 50

    /// An event that was never seen.
    init(_ key: EventKey, _ header: EventHeader, _ standing: EventStanding, at now: Date, position: Int) {
        self.key = key
        self.header = header
        self.standing = standing
        firstSeen = now
        updatedAt = now
        order = EventOrder.text(of: key, eventTime: header.eventTime, firstSeen: now, position: position)
        report = EventReport(key: key, header: header, outcome: .deferred)
    }

    /// An event as it was read.
    init(
        _ key: EventKey,
        _ header: EventHeader,
        _ standing: EventStanding,
        order: String,
        firstSeen: Date,
        updatedAt: Date,
        version: Int64
    ) {
        self.key = key
        self.header = header
        self.standing = standing
        self.order = order
        self.firstSeen = firstSeen
        self.updatedAt = updatedAt
        self.version = version
        report = EventReport(key: key, header: header, outcome: .deferred)
    }

    /// Takes over what was found out, except the resources.
    mutating func take(_ settled: EventReport, at now: Date) {
        report.handler = settled.handler
        report.outcome = settled.outcome
        report.reason = settled.reason
        report.identity = settled.identity
        report.error = settled.error
        updatedAt = now
    }

    mutating func append(_ attempt: LedgerRecord.Attempt) {
        history.append(attempt)
        if history.count > Self.keptAttempts { history.removeFirst(history.count - Self.keptAttempts) }
    }

    mutating func setAside(_ fingerprint: String) {
        guard !quarantine.contains(fingerprint), quarantine.count < Self.keptFingerprints else { return }
        quarantine.append(fingerprint)
    }

    /// The event as those who ask see it, without its tries.
    var record: LedgerRecord {
        var report = report
        report.resources = resources.map(\.report)
        var lease: LedgerRecord.Lease?
        if standing.state == .claimed, let owner = standing.owner, let end = standing.leaseEnd {
            lease = LedgerRecord.Lease(owner: owner, end: end)
        }
        return LedgerRecord(
            report: report,
            state: standing.state,
            attempts: standing.attempts,
            firstSeen: firstSeen,
            updatedAt: updatedAt,
            lease: lease,
            retryAt: standing.retryAt,
            quarantined: quarantine.count
        )
    }
}

/// The order of events in time: a text of which no two events have the same, so that a list can go on after any of them.
enum EventOrder {
    static func text(of key: EventKey, eventTime: Date?, firstSeen: Date, position: Int) -> String {
        let time = eventTime.map { KeyText.sortable($0.milliseconds) } ?? KeyText.unknownTime
        let seen = KeyText.sortable(firstSeen.milliseconds)
        let place = String(10_000 + min(position, 9999)).dropFirst()
        return
            "\(time)|\(seen)|\(place)|\(KeyText.fitted(key.accountID, to: 64))|\(KeyText.fitted(key.eventID, to: 100))"
    }

    /// Whether the event's time is known.
    static func hasTime(_ order: String) -> Bool { !order.hasPrefix(KeyText.unknownTime) }
}
