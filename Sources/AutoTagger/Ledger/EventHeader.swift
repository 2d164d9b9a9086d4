public import CloudTrail
public import Foundation

/// The few fields of an event that the ledger keeps in columns and that make it what it is.
public struct EventHeader: Sendable, Hashable {
    /// The service that was called.
    public let eventSource: String
    /// The API that was called.
    public let eventName: String
    /// Where it was called.
    public let region: String
    /// When it was called.
    public let eventTime: Date?

    /// The header of an event.
    public init(of event: CloudTrailEvent) {
        eventSource = event.eventSource
        eventName = event.eventName
        region = event.region
        eventTime = event.eventTime
    }

    /// A header from its parts.
    public init(eventSource: String, eventName: String, region: String, eventTime: Date?) {
        self.eventSource = eventSource
        self.eventName = eventName
        self.region = region
        self.eventTime = eventTime
    }
}

extension CloudTrailEvent {
    /// The event's key in the ledger.
    public var ledgerKey: EventKey { EventKey(accountID: accountID, eventID: eventID) }

    /// What the event is, apart from its id: a second record with the same id must agree in all of this.
    ///
    /// Not hashed, so that `ledger show` can tell two colliding records apart.
    public var fingerprint: String {
        let caller = userIdentity.arn ?? userIdentity.principalID ?? userIdentity.invokedBy ?? ""
        return [eventTimeText, eventSource, eventName, region, accountID, caller].joined(separator: "|")
    }
}
