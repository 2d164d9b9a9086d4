private import CloudTrail

/// The contract of `process --format ndjson`: these names, with `null` written out where there is nothing.
extension EventReport: Encodable {
    private enum Key: String, CodingKey {
        case eventID, accountID, region, eventSource, eventName, eventTime, handler, outcome, reason, identity,
            resources
        case calls, notes, error
    }

    /// Writes the report as one object; `calls` and `notes` appear only where there are any.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(eventID, forKey: .eventID)
        try container.encode(accountID, forKey: .accountID)
        try container.encode(region, forKey: .region)
        try container.encode(eventSource, forKey: .eventSource)
        try container.encode(eventName, forKey: .eventName)
        try container.encode(eventTime.map(EventTime.text), forKey: .eventTime)
        try container.encode(handler, forKey: .handler)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(reason, forKey: .reason)
        try container.encode(identity, forKey: .identity)
        try container.encode(resources, forKey: .resources)
        try container.encodeIfPresent(calls, forKey: .calls)
        try container.encodeIfPresent(notes, forKey: .notes)
        try container.encode(error, forKey: .error)
    }
}

extension ResourceReport: Encodable {
    private enum Key: String, CodingKey {
        case type, id, arn, outcome, reason, tags, kept, requestID, error
    }

    /// Writes the report as one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(type, forKey: .type)
        try container.encode(id, forKey: .id)
        try container.encode(arn, forKey: .arn)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(reason, forKey: .reason)
        try container.encode(tags, forKey: .tags)
        try container.encode(kept, forKey: .kept)
        try container.encode(requestID, forKey: .requestID)
        try container.encode(error, forKey: .error)
    }
}
