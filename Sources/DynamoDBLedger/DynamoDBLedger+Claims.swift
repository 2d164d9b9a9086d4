public import AutoTagger
public import Foundation

extension DynamoDBLedger {
    /// See ``Ledger/claim(_:)``. One conditional write for each new event, side by side; known ones are read in one call.
    public func claim(_ requests: [ClaimRequest]) async throws(LedgerError) -> [ClaimAnswer] {
        var answers: [Int: ClaimAnswer] = [:]
        var granted: Set<EventKey> = []
        while answers.count < requests.count {
            var keys: Set<EventKey> = []
            var round: [Int] = []
            for index in requests.indices where answers[index] == nil {
                if granted.contains(requests[index].key) {
                    answers[index] = .held(until: requests[index].leaseEnd)
                } else if keys.insert(requests[index].key).inserted {
                    round.append(index)
                }
            }
            let changes = round.map { Self.change(for: requests[$0], position: $0) }
            for (index, answer) in zip(round, try await apply(changes, .absent)) {
                answers[index] = answer
                if case .granted = answer { granted.insert(requests[index].key) }
            }
        }
        return requests.indices.compactMap { answers[$0] }
    }

    private static func change(for request: ClaimRequest, position: Int) -> Change<ClaimAnswer> {
        let request = request.fitted
        return Change(key: request.key) { entry in
            guard var known = entry else {
                let standing = EventStanding(granting: request)
                entry = EventEntry(request.key, request.header, standing, at: request.now, position: position)
                return .granted(attempt: standing.attempts)
            }
            let answer = known.standing.answer(request)
            switch answer {
            case .granted: known.updatedAt = request.now
            case .quarantined: known.setAside(request.fingerprint)
            case .done, .held, .notBefore, .dead: break
            }
            entry = known
            return answer
        }
    }

    /// See ``Ledger/note(_:)``.
    public func note(_ skipped: [SkippedEvent]) async throws(LedgerError) {
        let changes = skipped.enumerated().map { position, event in
            Change<Void>(key: event.key) { entry in
                let fingerprint = event.fingerprint.fittedFingerprint
                var known: EventEntry
                if let entry {
                    known = entry
                } else {
                    let standing = EventStanding(
                        fingerprint: fingerprint,
                        state: .skipped,
                        reason: event.report.reason
                    )
                    known = EventEntry(event.key, event.header.fitted, standing, at: event.now, position: position)
                }
                if known.standing.fingerprint != fingerprint {
                    known.setAside(fingerprint)
                } else if known.standing.isDecidedAtGate {
                    known.standing.reason = event.report.reason
                    known.take(event.report, at: event.now)
                }
                entry = known
            }
        }
        _ = try await apply(changes, .absent)
    }

    /// See ``Ledger/release(_:owner:)``.
    public func release(_ keys: [EventKey], owner: String) async throws(LedgerError) {
        let changes = keys.map { key in
            Change<Void>(key: key) { entry in _ = entry?.standing.release(by: owner) }
        }
        _ = try await apply(changes, .asGranted)
    }

    /// See ``Ledger/free(_:now:)``.
    public func free(_ keys: [EventKey], now: Date) async throws(LedgerError) -> Int {
        let changes = keys.map { key in
            Change<Bool>(key: key) { entry in
                guard var known = entry, known.standing.free(now: now) else { return false }
                known.report.reason = nil
                known.updatedAt = now
                entry = known
                return true
            }
        }
        return try await apply(changes, .none).count { $0 }
    }
}

/// Records come from outside; what no AWS service ever writes must not make an item too large to be stored.
extension ClaimRequest {
    fileprivate var fitted: ClaimRequest {
        ClaimRequest(
            key: key,
            fingerprint: fingerprint.fittedFingerprint,
            header: header.fitted,
            owner: owner,
            leaseEnd: leaseEnd,
            now: now
        )
    }
}

extension EventHeader {
    fileprivate var fitted: EventHeader {
        EventHeader(
            eventSource: KeyText.fitted(eventSource, to: 512),
            eventName: KeyText.fitted(eventName, to: 512),
            region: KeyText.fitted(region, to: 512),
            eventTime: eventTime
        )
    }
}

extension String {
    fileprivate var fittedFingerprint: String { KeyText.fitted(self, to: 2048) }
}
