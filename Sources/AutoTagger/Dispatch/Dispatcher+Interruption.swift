private import Logging

/// Work that is cut short, as when the process is told to end: what is not done is given back to the ledger, due at once.
extension Dispatcher {
    /// Gives back the claims of what is not done, and answers the reports to hand on in its place.
    ///
    /// A settlement would say "failed" of calls that were only cancelled, and a claim left alone holds up the next process
    /// until its lease is over.
    func giveBack(_ jobs: [Job], owner: String) async -> [(Int, EventReport)] {
        let (ledger, keys) = (ports.ledger, jobs.map(\.work.event.ledgerKey))
        // In a task of its own, since this one's calls are cancelled.
        let refusal = await Task { () async -> LedgerError? in
            do throws(LedgerError) { try await ledger.release(keys, owner: owner) } catch { return error }
            return nil
        }.value
        if let refusal {
            ports.logger.warning(
                "claims could not be given back; they end with their lease", metadata: ["reason": "\(refusal.message)"])
        }
        return jobs.map { ($0.index, Self.interrupted($0.work.report)) }
    }

    private static func interrupted(_ report: EventReport) -> EventReport {
        var report = report
        report.outcome = .deferred
        report.error = Failure(
            code: "interrupted", message: "the process was told to end before this event was done",
            isTransient: true, kind: .service)
        return report
    }
}
