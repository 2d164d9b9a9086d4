package import Foundation
package import JSON

/// How ledgers keep the parts of a report: as JSON without what is empty, through the plain tree.
///
/// The names and the bytes are those that `Codable` gives; it is not used because it took most of a settlement's time.
extension Identity {
    /// The identity as a ledger keeps it.
    package var stored: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(type), "name": .string(name), "display": .string(display),
            "confidence": .string(confidence.rawValue),
        ]
        for (key, path) in Self.optionalMembers { members[key] = self[keyPath: path].map(JSONValue.string) }
        return .object(members)
    }

    /// Reads what ``stored`` wrote; `nil` for anything else.
    package init?(stored: JSONValue) {
        guard let type = stored["type"]?.string, let name = stored["name"]?.string,
            let confidence = stored["confidence"]?.string.flatMap(Confidence.init(rawValue:))
        else { return nil }
        self.init(type: type, name: name, display: stored["display"]?.string, confidence: confidence)
        for (key, path) in Self.optionalMembers { self[keyPath: path] = stored[key]?.string }
    }

    private static var optionalMembers: [(String, WritableKeyPath<Identity, String?>)] {
        [
            ("arn", \.arn), ("accountID", \.accountID), ("principalID", \.principalID), ("role", \.role),
            ("session", \.session), ("invokedBy", \.invokedBy), ("sourceIdentity", \.sourceIdentity),
            ("provider", \.provider), ("permissionSet", \.permissionSet), ("machine", \.machine),
            ("workload", \.workload), ("broker", \.broker), ("alias", \.alias),
        ]
    }
}

extension Failure {
    /// The failure as a ledger keeps it.
    package var stored: JSONValue {
        var members: [String: JSONValue] = [
            "code": .string(code), "message": .string(message), "isTransient": .bool(isTransient),
            "kind": .string(kind.rawValue),
        ]
        members["requestID"] = requestID.map(JSONValue.string)
        return .object(members)
    }

    /// Reads what ``stored`` wrote; `nil` for anything else.
    package init?(stored: JSONValue) {
        guard let code = stored["code"]?.string, let message = stored["message"]?.string,
            let isTransient = stored["isTransient"]?.flag,
            let kind = stored["kind"]?.string.flatMap(Kind.init(rawValue:))
        else { return nil }
        self.init(
            code: code,
            message: message,
            requestID: stored["requestID"]?.string,
            isTransient: isTransient,
            kind: kind
        )
    }
}

extension ResourceStanding {
    /// The resource as a ledger that keeps documents keeps it; what was written only where the report does not say it.
    package var stored: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(report.type.description), "id": .string(report.id), "arn": .string(report.arn),
            "outcome": .string(report.outcome.rawValue),
        ]
        if !report.tags.isEmpty { members["tags"] = JSONValue(texts: report.tags) }
        if !report.kept.isEmpty { members["kept"] = JSONValue(texts: report.kept) }
        if written != report.written { members["written"] = JSONValue(texts: written) }
        members["reason"] = report.reason.map { .string($0.rawValue) }
        members["requestID"] = report.requestID.map(JSONValue.string)
        members["error"] = report.error?.stored
        return .object(members)
    }

    /// Reads what ``stored`` wrote; `nil` for anything else.
    package init?(stored: JSONValue) {
        guard let type = stored["type"]?.string.flatMap({ ResourceType($0) }), let id = stored["id"]?.string,
            let arn = stored["arn"]?.string, let outcome = stored["outcome"]?.string.flatMap(Outcome.init(rawValue:))
        else { return nil }
        let report = ResourceReport(
            type: type,
            id: id,
            arn: arn,
            outcome: outcome,
            reason: stored["reason"]?.string.flatMap(SkipReason.init(rawValue:)),
            tags: stored["tags"]?.texts ?? [:],
            kept: stored["kept"]?.texts ?? [:],
            requestID: stored["requestID"]?.string,
            error: stored["error"].flatMap { Failure(stored: $0) }
        )
        self.init(report: report, written: stored["written"]?.texts ?? report.written)
    }
}

extension JSONValue {
    /// A map of texts.
    package init(texts: [String: String]) {
        self = .object(texts.mapValues(JSONValue.string))
    }

    /// The members that are texts.
    package var texts: [String: String]? {
        object?.compactMapValues(\.string)
    }
}

extension Date {
    /// Whole milliseconds since 1970, held within what any calendar can name, so that no record's time can overflow.
    package var milliseconds: Int64 {
        let limit = 9e15
        return Int64(min(max((timeIntervalSince1970 * 1000).rounded(), -limit), limit))
    }

    /// The instant so many milliseconds after the beginning of 1970.
    package init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
