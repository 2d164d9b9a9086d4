public import Foundation

/// What a ledger knows of an event when it decides who may work on it: the rules of ``Ledger``, apart from any storage.
///
/// Every ledger asks these rules and only stores what they say, so that SQLite and DynamoDB cannot drift apart.
public struct EventStanding: Sendable, Hashable {
    /// What the event is, in full.
    public var fingerprint: String
    /// Where it stands.
    public var state: LedgerState
    /// Why it was left alone.
    public var reason: SkipReason?
    /// Who holds it, or who settled it last.
    public var owner: String?
    /// Until when the claim holds.
    public var leaseEnd: Date?
    /// When it is due again.
    public var retryAt: Date?
    /// How often it was granted.
    public var attempts: Int
    /// How many of the attempts were settled as failed.
    public var failures: Int
    /// What it failed for last.
    public var cause: Failure?

    /// The standing of an event, all parts given.
    public init(
        fingerprint: String,
        state: LedgerState,
        reason: SkipReason? = nil,
        owner: String? = nil,
        leaseEnd: Date? = nil,
        retryAt: Date? = nil,
        attempts: Int = 0,
        failures: Int = 0,
        cause: Failure? = nil
    ) {
        self.fingerprint = fingerprint
        self.state = state
        self.reason = reason
        self.owner = owner
        self.leaseEnd = leaseEnd
        self.retryAt = retryAt
        self.attempts = attempts
        self.failures = failures
        self.cause = cause
    }

    /// The standing of an event that was never seen before and is granted.
    public init(granting request: ClaimRequest) {
        self.init(
            fingerprint: request.fingerprint,
            state: .claimed,
            owner: request.owner,
            leaseEnd: request.leaseEnd,
            attempts: 1
        )
    }
}

extension EventStanding {
    /// Answers a claim and, where it is granted, takes on what follows from it.
    public mutating func answer(_ request: ClaimRequest) -> ClaimAnswer {
        if request.fingerprint != fingerprint { return .quarantined }
        switch state {
        case .tagged: return .done(.tagged, reason: nil)
        case .unchanged: return .done(.unchanged, reason: nil)
        case .skipped:
            // The gate lets it through now, or it would not be claimed: what it decided under other settings is void.
            guard reason?.isDecidedAtGate == true else { return .done(.skipped, reason: reason) }
        case .dead:
            let unknown = Failure(code: "unknown", message: "no error was recorded", isTransient: false, kind: .service)
            return .dead(cause ?? unknown)
        case .deferred, .failed:
            if let retryAt, request.now < retryAt { return .notBefore(retryAt) }
        case .claimed:
            if let leaseEnd, request.now < leaseEnd {
                guard owner == request.owner else { return .held(until: leaseEnd) }
                // The same token again: the answer to the first claim was lost on its way.
                self.leaseEnd = request.leaseEnd
                return .granted(attempt: attempts)
            }
        }
        state = .claimed
        owner = request.owner
        leaseEnd = request.leaseEnd
        retryAt = nil
        attempts += 1
        return .granted(attempt: attempts)
    }

    /// What a ledger makes of a settlement.
    public enum Verdict: Sendable, Hashable {
        /// It counts: store the story.
        case accepted
        /// It is stored already: the first answer was lost.
        case repeated
        /// The event is not, or no longer, this owner's.
        case refused
    }

    /// Judges a settlement and, where it is accepted, takes on what follows from it.
    public mutating func settle(_ settlement: Settlement) -> Verdict {
        guard owner == settlement.owner else { return .refused }
        guard state == .claimed else { return .repeated }
        guard let leaseEnd, settlement.now < leaseEnd else { return .refused }
        guard let next = settlement.state(afterFailures: failures) else { return .refused }
        if settlement.report.outcome == .failed, !settlement.report.isOutage { failures += 1 }
        state = next
        reason = settlement.report.reason
        self.leaseEnd = nil
        retryAt = next == .deferred || next == .failed ? settlement.retryAt : nil
        cause = settlement.report.outcome.isDone ? nil : settlement.report.cause
        return .accepted
    }

    /// Gives a claim back, due at once; the attempt that was cut short does not count. Answers whether there was one.
    public mutating func release(by owner: String) -> Bool {
        guard state == .claimed, self.owner == owner else { return false }
        state = .deferred
        self.owner = nil
        leaseEnd = nil
        retryAt = nil
        attempts -= 1
        return true
    }
}

extension EventStanding {
    /// Makes a settled event due again with a clean slate. Answers whether it was settled at all.
    public mutating func free(now: Date) -> Bool {
        if state == .claimed, let leaseEnd, now < leaseEnd { return false }
        state = .deferred
        reason = nil
        owner = nil
        leaseEnd = nil
        retryAt = nil
        failures = 0
        cause = nil
        return true
    }
}

extension Settlement {
    /// Where the settled event stands, given how often it failed before.
    ///
    /// `nil` for an outcome that no work ends with: a duplicate was never granted, and a dry run writes nothing.
    public func state(afterFailures failures: Int) -> LedgerState? {
        switch report.outcome {
        case .tagged: .tagged
        case .unchanged: .unchanged
        case .skipped: .skipped
        case .deferred: .deferred
        case .failed where report.isOutage: .failed
        case .failed: report.mayPass && failures + 1 < maximumAttempts ? .failed : .dead
        case .duplicate, .planned: nil
        }
    }
}

extension EventStanding {
    /// Whether nothing better is known of the event than what the gate said, so that a new word of the gate may replace it.
    public var isDecidedAtGate: Bool { state == .skipped && reason?.isDecidedAtGate == true }
}
