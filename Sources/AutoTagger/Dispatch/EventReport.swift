public import CloudTrail
public import Foundation

/// All that was found out and done about one event: what `process` prints, `explain` tells and the ledger keeps.
public struct EventReport: Sendable, Hashable {
    /// The record's id.
    public var eventID: String
    /// The account that the record was delivered to.
    public var accountID: String
    /// Where the call was made.
    public var region: String
    /// The service that was called.
    public var eventSource: String
    /// The API that was called.
    public var eventName: String
    /// When it was called.
    public var eventTime: Date?
    /// The handler that took the event, by its resource type.
    public var handler: String?
    /// What became of it.
    public var outcome: Outcome
    /// Why it was left alone, when it was.
    public var reason: SkipReason?
    /// Who made the call; `nil` where the event was dropped before that mattered.
    public var identity: Identity?
    /// What became of each resource.
    public var resources: [ResourceReport]
    /// The AWS calls that would be made, in a dry run.
    public var calls: [PlannedCall]?
    /// What a reader should know besides: what a dry run leaves open, what had to be done without.
    public var notes: [String]?
    /// What went wrong with the event as a whole.
    public var error: Failure?
    /// When it is worth trying again, where that is known: not in the output, for those who try again by themselves.
    public var dueAt: Date?

    /// A report about an event of which nothing is decided yet.
    public init(of event: CloudTrailEvent, outcome: Outcome, reason: SkipReason? = nil) {
        eventID = event.eventID
        accountID = event.accountID
        region = event.region
        eventSource = event.eventSource
        eventName = event.eventName
        eventTime = event.eventTime
        self.outcome = outcome
        self.reason = reason
        resources = []
    }
}

/// What became of one resource of an event.
public struct ResourceReport: Sendable, Hashable {
    /// The resource's kind.
    public var type: ResourceType
    /// Its id.
    public var id: String
    /// Its full name.
    public var arn: String
    /// What became of it.
    public var outcome: Outcome
    /// Why it was left alone, when it was.
    public var reason: SkipReason?
    /// The tags it was to get.
    public var tags: [String: String]
    /// The tags that were there already and stayed as they were, with their values.
    public var kept: [String: String]
    /// AWS's id of the request that wrote the tags.
    public var requestID: String?
    /// What went wrong with it.
    public var error: Failure?

    /// A report about one resource.
    public init(
        type: ResourceType,
        id: String,
        arn: String,
        outcome: Outcome,
        reason: SkipReason? = nil,
        tags: [String: String] = [:],
        kept: [String: String] = [:],
        requestID: String? = nil,
        error: Failure? = nil
    ) {
        self.type = type
        self.id = id
        self.arn = arn
        self.outcome = outcome
        self.reason = reason
        self.tags = tags
        self.kept = kept
        self.requestID = requestID
        self.error = error
    }

    /// The tags that were written: those it was to get and did not keep.
    public var written: [String: String] {
        guard outcome == .tagged else { return [:] }
        return kept.isEmpty ? tags : tags.filter { kept[$0.key] == nil }
    }
}
