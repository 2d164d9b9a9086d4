import AutoTagger
import CloudTrail
import Foundation
import JSON

extension LedgerRecord {
    /// The line that `process` printed for the event, and what only the ledger knows.
    var document: JSONValue {
        // A report has string keys and finite numbers only, so that writing and reading it back cannot fail.
        let line = (try? JSONEncoder.stable.encode(report)).flatMap { try? JSONValue(parsing: $0) }
        var members = line?.object ?? [:]
        members["state"] = .string(state.rawValue)
        members["attempts"] = .integer(Int64(attempts))
        members["firstSeen"] = .string(EventTime.text(firstSeen))
        members["updatedAt"] = .string(EventTime.text(updatedAt))
        members["retryAt"] = retryAt.map { .string(EventTime.text($0)) } ?? .null
        members["lease"] = lease.map { ["owner": .string($0.owner), "end": .string(EventTime.text($0.end))] } ?? .null
        members["quarantined"] = .integer(Int64(quarantined))
        if !history.isEmpty { members["history"] = .array(history.map(\.document)) }
        return .object(members)
    }
}

extension LedgerRecord.Attempt {
    fileprivate var document: JSONValue {
        [
            "number": .integer(Int64(number)), "startedAt": .string(EventTime.text(startedAt)),
            "endedAt": .string(EventTime.text(endedAt)), "owner": .string(owner), "outcome": .string(outcome.rawValue),
            "error": error.map {
                [
                    "code": .string($0.code), "message": .string($0.message),
                    "requestID": $0.requestID.map { .string($0) } ?? .null,
                ]
            } ?? .null,
        ]
    }
}
