internal import AutoTagger
internal import Foundation
internal import JSON

/// The event's item; the attributes are described in `docs/ledger.md`.
extension EventEntry {
    /// Over how many partitions of the indexes events are spread: each takes about 1,000 writes a second.
    static let shards = 8

    static func itemKey(_ key: EventKey) -> ItemKey {
        ItemKey(pk: "event#" + KeyText.fitted(key.eventID, to: 1024), sk: KeyText.fitted(key.accountID, to: 256))
    }

    private var shard: UInt64 { KeyText.hash(key.eventID) % UInt64(Self.shards) }

    /// The item, without its resources where those lie in parts of their own.
    func item(expires: Date, resources text: String?) -> Item {
        var item = Item(key: Self.itemKey(key))
        item["event"] = KeyText.fitted(key.eventID, to: 1024)
        item["account"] = KeyText.fitted(key.accountID, to: 256)
        item[number: "version"] = version
        item["fingerprint"] = standing.fingerprint
        item["state"] = standing.state.rawValue
        item["reason"] = standing.reason?.rawValue
        item["owner"] = standing.owner
        item[number: "leaseEnd"] = standing.leaseEnd?.milliseconds
        item[number: "retryAt"] = standing.retryAt?.milliseconds
        item[number: "attempts"] = Int64(standing.attempts)
        item[number: "failures"] = Int64(standing.failures)
        item[document: "cause"] = standing.cause?.stored
        item["source"] = header.eventSource
        item["name"] = header.eventName
        item["region"] = header.region
        item[number: "time"] = header.eventTime?.milliseconds
        item[number: "firstSeen"] = firstSeen.milliseconds
        item[number: "updatedAt"] = updatedAt.milliseconds
        item["handler"] = report.handler
        item["outcome"] = report.outcome.rawValue
        item[document: "identity"] = report.identity?.stored
        item[document: "error"] = report.error?.stored
        item["resources"] = text
        item["parts"] = parts?.token
        item[number: "partCount"] = parts.map { Int64($0.count) }
        let tagged = resources.count { !$0.written.isEmpty }
        item[number: "tagged"] = tagged == 0 ? nil : Int64(tagged)
        item[document: "history"] = history.isEmpty ? nil : .array(history.map(\.stored))
        item[document: "quarantine"] = quarantine.isEmpty ? nil : .array(quarantine.map(JSONValue.string))
        item["at"] = order
        item["shard"] = String(shard)
        item["open"] = OpenEvents.states.contains(standing.state) ? "\(standing.state.rawValue)#\(shard)" : nil
        item[number: "expires"] = Int64(expires.timeIntervalSince1970)
        return item
    }

    /// Reads an item without its resources.
    init(_ item: Item) throws(LedgerError) {
        guard let event = item["event"], let account = item["account"], let version = item[number: "version"],
            let state = item["state"].flatMap(LedgerState.init(rawValue:)), let order = item["at"],
            let firstSeen = item[number: "firstSeen"], let updatedAt = item[number: "updatedAt"],
            let attempts = item[number: "attempts"], let failures = item[number: "failures"]
        else {
            throw .unreadable(item)
        }
        let cause = item[document: "cause"].flatMap { Failure(stored: $0) }
        self.init(
            EventKey(accountID: account, eventID: event),
            EventHeader(
                eventSource: item["source"] ?? "",
                eventName: item["name"] ?? "",
                region: item["region"] ?? "",
                eventTime: item[number: "time"].map(Date.init(milliseconds:))
            ),
            EventStanding(
                fingerprint: item["fingerprint"] ?? "",
                state: state,
                reason: item["reason"].flatMap(SkipReason.init(rawValue:)),
                owner: item["owner"],
                leaseEnd: item[number: "leaseEnd"].map(Date.init(milliseconds:)),
                retryAt: item[number: "retryAt"].map(Date.init(milliseconds:)),
                attempts: Int(attempts),
                failures: Int(failures),
                cause: cause
            ),
            order: order,
            firstSeen: Date(milliseconds: firstSeen),
            updatedAt: Date(milliseconds: updatedAt),
            version: version
        )
        report.handler = item["handler"]
        report.outcome = item["outcome"].flatMap(Outcome.init(rawValue:)) ?? .deferred
        report.reason = standing.reason
        report.identity = item[document: "identity"].flatMap { Identity(stored: $0) }
        report.error = item[document: "error"].flatMap { Failure(stored: $0) }
        if let token = item["parts"], let count = item[number: "partCount"] {
            parts = PartsReference(token: token, count: Int(count))
        }
        history = (item[document: "history"]?.array ?? []).compactMap { LedgerRecord.Attempt(stored: $0) }
        quarantine = (item[document: "quarantine"]?.array ?? []).compactMap(\.string)
    }
}

/// The states that wait for somebody: few, and asked for often, so they have an index of their own.
enum OpenEvents {
    static let states: Set<LedgerState> = [.deferred, .failed, .dead]
}

extension LedgerRecord.Attempt {
    fileprivate var stored: JSONValue {
        var members: [String: JSONValue] = [
            "number": .integer(Int64(number)), "startedAt": .integer(startedAt.milliseconds),
            "endedAt": .integer(endedAt.milliseconds), "owner": .string(owner), "outcome": .string(outcome.rawValue),
        ]
        members["error"] = error?.stored
        return .object(members)
    }

    fileprivate init?(stored: JSONValue) {
        guard let number = stored["number"]?.integer, let startedAt = stored["startedAt"]?.integer,
            let endedAt = stored["endedAt"]?.integer, let owner = stored["owner"]?.string,
            let outcome = stored["outcome"]?.string.flatMap(Outcome.init(rawValue:))
        else { return nil }
        self.init(
            number: Int(number),
            startedAt: Date(milliseconds: startedAt),
            endedAt: Date(milliseconds: endedAt),
            owner: owner,
            outcome: outcome,
            error: stored["error"].flatMap { Failure(stored: $0) }
        )
    }
}
