public import Foundation

/// The questions people ask of a ledger.
public protocol LedgerHistory: Sendable {
    /// The events that match, the latest first, as many at a time as the query's limit says: from the latest one on, or
    /// from where an earlier page of the same query ended.
    func page(of query: LedgerQuery, after position: LedgerPosition?) async throws(LedgerError) -> LedgerPage

    /// All that is known of an event, in whichever accounts its id occurs, every attempt included.
    func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord]

    /// Who made a resource, given by id or ARN: the latest creation first.
    func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord]

    /// How many events there are by each value of a dimension, the most frequent first.
    func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount]

    /// Checks the ledger's own soundness: the file, the indexes, the rows that refer to each other.
    ///
    /// The answer lists what is wrong; an empty one means sound.
    func verify() async throws(LedgerError) -> [String]
}

/// Which events are asked for. Empty fields do not narrow the answer.
public struct LedgerQuery: Sendable, Hashable {
    /// From this instant on, by the event's own time.
    public var since: Date?
    /// Before this instant, by the event's own time.
    public var until: Date?
    /// The maker's name, ARN or display text, as a ``Glob`` in any letter's case (`*@example.com`).
    public var user: String?
    /// The account.
    public var account: String?
    /// The region.
    public var region: String?
    /// The API's name.
    public var eventName: String?
    /// A resource's id, ARN or type, as a ``Glob`` (`vol-*`).
    public var resource: String?
    /// What became of it: an ``Outcome``, or `claimed` or `dead`.
    public var state: LedgerState?
    /// The most rows that may come back.
    public var limit: Int

    /// A query for everything, up to a limit.
    public init(limit: Int = 100) { self.limit = limit }
}

/// Where an event stands in the ledger.
public enum LedgerState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Somebody works on it.
    case claimed
    /// Done, with tags written.
    case tagged
    /// Done, everything was there.
    case unchanged
    /// Deliberately left alone.
    case skipped
    /// Put off until it is due.
    case deferred
    /// Failed, and may be tried again.
    case failed
    /// Failed too often or for good; only a person can free it.
    case dead
}

/// One event as the ledger knows it.
public struct LedgerRecord: Sendable, Hashable {
    /// The story as it was last settled, with every resource that an earlier try tagged; before that only the header,
    /// with ``Outcome/deferred``.
    public var report: EventReport
    /// Where the event stands.
    public var state: LedgerState
    /// How often it was tried.
    public var attempts: Int
    /// When it was first seen.
    public var firstSeen: Date
    /// When its row last changed.
    public var updatedAt: Date
    /// Who holds it, and until when.
    public var lease: Lease?
    /// When it is due again.
    public var retryAt: Date?
    /// Each try, the first one first; filled in by ``LedgerHistory/records(ofEvent:)``.
    public var history: [Attempt]
    /// How many records with the same id and another content were set aside.
    public var quarantined: Int

    /// A live claim.
    public struct Lease: Sendable, Hashable {
        /// Who holds it.
        public let owner: String
        /// Until when.
        public let end: Date

        /// A lease from its two parts.
        public init(owner: String, end: Date) {
            self.owner = owner
            self.end = end
        }
    }

    /// One try at an event.
    public struct Attempt: Sendable, Hashable {
        /// Its number, from 1.
        public let number: Int
        /// When it began.
        public let startedAt: Date
        /// When it was settled.
        public let endedAt: Date
        /// Who tried.
        public let owner: String
        /// What came of it.
        public let outcome: Outcome
        /// What went wrong.
        public let error: Failure?

        /// A try with what came of it.
        public init(
            number: Int,
            startedAt: Date,
            endedAt: Date,
            owner: String,
            outcome: Outcome,
            error: Failure?
        ) {
            self.number = number
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.owner = owner
            self.outcome = outcome
            self.error = error
        }
    }

    /// A record with all that is known.
    public init(
        report: EventReport,
        state: LedgerState,
        attempts: Int,
        firstSeen: Date,
        updatedAt: Date,
        lease: Lease? = nil,
        retryAt: Date? = nil,
        history: [Attempt] = [],
        quarantined: Int = 0
    ) {
        self.report = report
        self.state = state
        self.attempts = attempts
        self.firstSeen = firstSeen
        self.updatedAt = updatedAt
        self.lease = lease
        self.retryAt = retryAt
        self.history = history
        self.quarantined = quarantined
    }
}

/// By what events can be counted.
public enum LedgerDimension: String, Sendable, Hashable, CaseIterable {
    case user
    case service
    case day
    case outcome
    case account
}

/// How many events share a value.
public struct LedgerCount: Sendable, Hashable {
    /// The value they share.
    public let value: String
    /// How many events.
    public let events: Int
    /// How many resources were tagged for them.
    public let resources: Int

    /// A count.
    public init(value: String, events: Int, resources: Int) {
        self.value = value
        self.events = events
        self.resources = resources
    }
}
