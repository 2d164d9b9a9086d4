extension EventReport {
    /// A report from what a ledger keeps, where the record itself is no longer at hand.
    public init(key: EventKey, header: EventHeader, outcome: Outcome, reason: SkipReason? = nil) {
        eventID = key.eventID
        accountID = key.accountID
        region = header.region
        eventSource = header.eventSource
        eventName = header.eventName
        eventTime = header.eventTime
        self.outcome = outcome
        self.reason = reason
        resources = []
    }

    /// What the event failed for, or waits for: its own error, else that of a resource, one that stays before one that passes.
    public var cause: Failure? {
        let failures = resources.compactMap(\.error)
        return error ?? failures.first { !$0.isTransient } ?? failures.first
    }

    /// Whether trying the whole event again may help: one passing failure is enough, and so is an unknown one.
    public var mayPass: Bool {
        failures.isEmpty || failures.contains(where: \.isTransient)
    }

    /// Whether AWS could not be reached at all: that says nothing about the event, so however long it lasts, the event is not
    /// given up for it.
    public var isOutage: Bool {
        !failures.isEmpty && failures.allSatisfy { $0.kind == .unreachable }
    }

    /// Whether AWS could not be reached or, for want of credentials, not even asked: it will be the same with every other event.
    public var isOutOfReach: Bool { outcome == .failed && (isOutage || lacksCredentials) }

    /// Whether nothing was tried because the ledger is out of reach and must not be done without: it will be the same with every other
    /// event.
    public var lacksLedger: Bool { outcome == .failed && error?.code == Failure.ledgerUnavailable }

    /// The codes of an AWS client that has nothing to sign with all begin with that word; what a service says of credentials
    /// that it was shown is its own, and may concern this one event.
    private var lacksCredentials: Bool {
        !failures.isEmpty && failures.allSatisfy { $0.kind == .permission && $0.code.hasPrefix("credentials") }
    }

    /// The event's own failure and those of its resources.
    private var failures: [Failure] { [error].compactMap(\.self) + resources.compactMap(\.error) }
}
