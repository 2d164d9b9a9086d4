/// What became of an event, or of one resource of it.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// At least one tag was written and nothing failed.
    case tagged
    /// Every tag was there already.
    case unchanged
    /// The ledger has this event as done; nothing was asked of AWS.
    case duplicate
    /// Deliberately left alone; a ``SkipReason`` says why.
    case skipped
    /// Too early, or somebody else is at it: worth trying again later.
    case deferred
    /// Something went wrong; the failure says what.
    case failed
    /// A dry run: this is what would be done.
    case planned

    /// Whether nothing is left to do, so that the event's delivery may be acknowledged.
    public var isDone: Bool {
        switch self {
        case .tagged, .unchanged, .duplicate, .skipped, .planned: true
        case .deferred, .failed: false
        }
    }
}

/// Why an event, or one resource of it, was deliberately left alone.
public enum SkipReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The call that the record tells of failed: nothing was made.
    case failedCall
    /// The call only asked whether it would succeed (`DryRun`).
    case dryRunCall
    /// The call could not make anything.
    case readOnly
    /// No handler waits for this source and name.
    case noHandler
    /// A handler waits for it but is switched off.
    case handlerDisabled
    /// The event's account is not on the allow-list.
    case accountNotAllowed
    /// The event's region is not on the allow-list.
    case regionNotAllowed
    /// The caller is on the list of identities to leave out.
    case identityExcluded
    /// AutoTagger itself made the call.
    case ownEvent
    /// The resource carries the opt-out tag.
    case optedOut
    /// The record names no resource, as when CloudTrail cut it to fit.
    case noResource
    /// The resource no longer exists.
    case resourceGone
    /// A newer create event for the same ARN is already in the ledger; its maker stands.
    case superseded
    /// The record lacks what every record must have, or names a place that cannot be.
    case invalid

    /// Whether the gate decided it, before anything was asked of AWS, so that other settings may decide otherwise later.
    public var isDecidedAtGate: Bool {
        switch self {
        case .optedOut, .noResource, .resourceGone, .superseded: false
        default: true
        }
    }
}

/// Why something failed or must wait, fit to be shown to the person who has to mend it.
public struct Failure: Error, Sendable, Hashable, Codable {
    /// A stable word for it: AWS's own error code, or one of ours such as `ledgerUnavailable`.
    public let code: String
    /// What failed, on what, and what to do.
    public let message: String
    /// AWS's id of the request that failed, for a support case.
    public let requestID: String?
    /// Whether trying again later may help.
    public let isTransient: Bool
    /// What sort of failure it is, which decides the exit code.
    public let kind: Kind

    /// The sorts of failure that a caller tells apart.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// AWS refused: permissions or credentials.
        case permission
        /// AWS could not be reached at all.
        case unreachable
        /// The resource is not there, or not there yet.
        case notFound
        /// The resource is there and still being made.
        case notReady
        /// AWS was asked too often within a short time.
        case throttled
        /// The settings are wrong.
        case configuration
        /// Anything else that a service answered.
        case service
        /// The ledger could not do its part.
        case ledger
    }

    /// A failure with all a reader needs.
    public init(code: String, message: String, requestID: String? = nil, isTransient: Bool, kind: Kind) {
        self.code = code
        self.message = message
        self.requestID = requestID
        self.isTransient = isTransient
        self.kind = kind
    }
}
