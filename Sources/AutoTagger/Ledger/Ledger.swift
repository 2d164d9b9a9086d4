public import Foundation

/// Remembers what was done about each event, so that nothing is done twice and everything can be asked later.
///
/// The port that SQLite and DynamoDB stand behind. Both work in groups, since a queue delivers ten messages at a time and
/// a transaction costs far more than a row. Every instant is passed in: a ledger reads no clock. The rules are in
/// `docs/delivery.md`.
public protocol Ledger: LedgerHistory {
    /// Tries to take each event for this owner, in one atomic step an event.
    ///
    /// An event is free when it is new, when its last try failed for a passing reason, when it was skipped at the gate
    /// under other settings, or when its holder's lease is over. A claim that repeats a live owner token is granted
    /// again: the first answer may have been lost. Within one call an event is granted once only.
    /// - Throws: ``LedgerError`` when the ledger as a whole did not answer; then nothing may be assumed.
    func claim(_ requests: [ClaimRequest]) async throws(LedgerError) -> [ClaimAnswer]

    /// Writes down what became of each event, only where this owner still holds it.
    ///
    /// The answer says for each whether it was accepted; a holder that slept past its lease is refused. A settlement
    /// that repeats an accepted one is accepted again and changes nothing: the first answer may have been lost.
    func settle(_ settlements: [Settlement]) async throws(LedgerError) -> [Bool]

    /// Notes events that the gate left alone, where nothing better is known of them yet.
    func note(_ skipped: [SkippedEvent]) async throws(LedgerError)

    /// Gives claimed events back at once, as when a process is told to stop. Others' claims stay untouched.
    func release(_ keys: [EventKey], owner: String) async throws(LedgerError)

    /// Makes settled events due again, as if they had never been tried, because a person mended what stood in their way.
    ///
    /// What is being worked on stays as it is. Answers how many became due; they are worked on when they are delivered again.
    func free(_ keys: [EventKey], now: Date) async throws(LedgerError) -> Int

    /// Forgets what has not changed since an instant, and answers how many events those are; in a dry run only that.
    ///
    /// What somebody works on is never touched. A forgotten event that is delivered again is new, so the instant should lie
    /// further back than any delivery comes late.
    func prune(before limit: Date, isDryRun: Bool) async throws(LedgerError) -> Int

    /// For each ARN, the latest create event whose tags were written, if any: the newest one names the maker.
    func latestCreations(of arns: [String]) async throws(LedgerError) -> [String: PriorCreation]
}

/// The identity of an event in the ledger: the account that received it and the record's id.
///
/// The delivery's message id is no part of it: a redrive from a dead-letter queue changes that.
public struct EventKey: Sendable, Hashable, Codable {
    /// The account whose trail delivered the record.
    public let accountID: String
    /// The record's id.
    public let eventID: String

    /// A key from its two parts.
    public init(accountID: String, eventID: String) {
        self.accountID = accountID
        self.eventID = eventID
    }
}

/// A wish to work on an event.
public struct ClaimRequest: Sendable, Hashable {
    /// Which event.
    public let key: EventKey
    /// What the event is, in full: a second record with the same key and another fingerprint is a forgery or a mistake.
    public let fingerprint: String
    /// The header of the event, kept for those who ask later.
    public let header: EventHeader
    /// Who asks: unique for each process and claim round.
    public let owner: String
    /// Until when the claim holds if its owner is not heard of again.
    public let leaseEnd: Date
    /// The present instant.
    public let now: Date

    /// A wish with all its terms.
    public init(key: EventKey, fingerprint: String, header: EventHeader, owner: String, leaseEnd: Date, now: Date) {
        self.key = key
        self.fingerprint = fingerprint
        self.header = header
        self.owner = owner
        self.leaseEnd = leaseEnd
        self.now = now
    }
}

/// What the ledger answers to a wish to work on an event.
public enum ClaimAnswer: Sendable, Hashable {
    /// The event is yours until the lease ends; this is the attempt's number, from 1.
    case granted(attempt: Int)
    /// It is done: nothing may be asked of AWS.
    case done(Outcome, reason: SkipReason?)
    /// Somebody else works on it until then: not done, must not be acknowledged.
    case held(until: Date)
    /// It was put off and is not due yet.
    case notBefore(Date)
    /// It failed too often, or for a reason that stays; only a person can free it.
    case dead(Failure)
    /// The key belongs to a record with another content; this one was set aside.
    case quarantined
}

/// What became of a claimed event.
public struct Settlement: Sendable, Hashable {
    /// Which event.
    public let key: EventKey
    /// Who held it.
    public let owner: String
    /// The whole story.
    public let report: EventReport
    /// When the work on it began.
    public let startedAt: Date
    /// The present instant.
    public let now: Date
    /// When a put-off or failed event is due again.
    public let retryAt: Date?
    /// After how many failed attempts a failure that may pass is given up; those that were put off do not count.
    public let maximumAttempts: Int

    /// A settlement with all its terms.
    public init(
        key: EventKey,
        owner: String,
        report: EventReport,
        startedAt: Date,
        now: Date,
        retryAt: Date? = nil,
        maximumAttempts: Int = 5
    ) {
        self.key = key
        self.owner = owner
        self.report = report
        self.startedAt = startedAt
        self.now = now
        self.retryAt = retryAt
        self.maximumAttempts = maximumAttempts
    }
}

/// An event that the gate left alone.
public struct SkippedEvent: Sendable, Hashable {
    /// Which event.
    public let key: EventKey
    /// What the event is, in full.
    public let fingerprint: String
    /// Its header.
    public let header: EventHeader
    /// The story, with the reason.
    public let report: EventReport
    /// The present instant.
    public let now: Date

    /// A note with all its terms.
    public init(key: EventKey, fingerprint: String, header: EventHeader, report: EventReport, now: Date) {
        self.key = key
        self.fingerprint = fingerprint
        self.header = header
        self.report = report
        self.now = now
    }
}

/// The latest create event whose tags are on an ARN.
public struct PriorCreation: Sendable, Hashable {
    /// The event that made it.
    public let key: EventKey
    /// When it was made.
    public let eventTime: Date
    /// The tags that were written for it.
    public let written: [String: String]

    /// A prior creation with what was written for it.
    public init(key: EventKey, eventTime: Date, written: [String: String]) {
        self.key = key
        self.eventTime = eventTime
        self.written = written
    }
}

/// Why the ledger could not do its part.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word for it, fit for a metric's label: `unavailable`, `notWritable`, `notReadable`, `missing`,
    /// `notALedger`, `corrupt`, `full`, `tooNew`, `tooOld`, `busy`, `denied`, `credentials`,
    /// `noRegion`.
    public let code: String
    /// What failed, on what, and what to do.
    public let message: String

    /// An error with its word and its text.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// The text alone: it is meant to be shown to a person.
    public var description: String { message }
}
