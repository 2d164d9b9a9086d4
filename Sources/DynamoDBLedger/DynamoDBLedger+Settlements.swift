public import AutoTagger

extension DynamoDBLedger {
    /// See ``Ledger/settle(_:)``. One conditional write an event, and one call for up to 25 resources of the whole group.
    public func settle(_ settlements: [Settlement]) async throws(LedgerError) -> [Bool] {
        let changes = settlements.map { settlement in
            Change<Bool>(key: settlement.key) { entry in
                guard var known = entry else { return false }
                let attempt = known.standing.attempts
                switch known.standing.settle(settlement) {
                case .refused: return false
                case .repeated: return true
                case .accepted: break
                }
                known.take(settlement.report, at: settlement.now)
                known.resources = ResourceStanding.merging(known.resources, with: settlement.report.resources)
                known.append(
                    LedgerRecord.Attempt(
                        number: attempt,
                        startedAt: settlement.startedAt,
                        endedAt: settlement.now,
                        owner: settlement.owner,
                        outcome: settlement.report.outcome,
                        error: known.standing.cause
                    )
                )
                entry = known
                return true
            }
        }
        return try await apply(changes, .asGranted)
    }
}
