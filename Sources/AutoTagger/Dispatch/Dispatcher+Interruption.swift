private import Locking
private import Logging

/// Work that is cut short, as when the process is told to end: what is not done is given back to the ledger, due at once.
extension Dispatcher {
    /// Gives back the claims of what is not done, and answers the reports to hand on in its place.
    ///
    /// A settlement would say "failed" of calls that were only cancelled, and a claim left alone holds up the next process
    /// until its lease is over.
    func giveBack(_ jobs: [Job], owner: String) async -> [(Int, EventReport)] {
        let keys = jobs.map(\.work.event.ledgerKey)
        do {
            try await uninterrupted { ledger throws(LedgerError) in try await ledger.release(keys, owner: owner) }
        } catch {
            ports.logger.warning(
                "claims could not be given back; they end with their lease", metadata: ["reason": "\(error.message)"])
        }
        return jobs.map { ($0.index, Self.interrupted($0.work.report)) }
    }

    /// Has the ledger do something to its end, in a task of its own: this one's calls are cancelled when the process is told to
    /// end, and what was tagged must be written down all the same.
    func uninterrupted<Value: Sendable>(
        _ work: @escaping @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let ledger = ports.ledger
        let result = await Task(executorPreference: .ofThisTask) { () async -> Result<Value, LedgerError> in
            do throws(LedgerError) { return .success(try await work(ledger)) } catch { return .failure(error) }
        }.value
        return try result.get()
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
