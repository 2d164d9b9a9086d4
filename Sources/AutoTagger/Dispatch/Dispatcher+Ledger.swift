private import CloudTrail
private import Foundation
private import Logging

/// The ledger's part of the way: claim before the work, settle after it, and what to do when the ledger fails.
extension Dispatcher {
    /// Writes down what the gate left alone. Nothing hangs on it, so a failure is only said.
    func note(_ skipped: [SkippedEvent]) async {
        guard !skipped.isEmpty else { return }
        do {
            try await ports.ledger.note(skipped)
        } catch {
            ports.logger.warning("skipped events are not in the ledger", metadata: ["reason": "\(error.message)"])
        }
    }

    /// Claims a group, works on what was granted, and settles it.
    func run(_ jobs: [Job]) async -> [(Int, EventReport)] {
        guard !jobs.isEmpty else { return [] }
        let owner = ports.newOwner()
        let startedAt = ports.now()
        let answers: [ClaimAnswer]
        do {
            answers = try await ports.ledger.claim(jobs.map { claim($0.work.event, owner: owner, now: startedAt) })
        } catch {
            return Task.isCancelled ? await giveBack(jobs, owner: owner) : await runWithoutLedger(jobs, error)
        }
        var results: [(Int, EventReport)] = []
        var granted: [Job] = []
        for (job, answer) in zip(jobs, answers) {
            if let report = refusal(answer, of: job.work) {
                results.append((job.index, report))
            } else {
                granted.append(job)
            }
        }
        var finished = await perform(granted)
        if Task.isCancelled {
            let undone = Set(finished.filter { !$0.1.outcome.isDone }.map(\.0))
            finished.removeAll { undone.contains($0.0) }
            results += await giveBack(granted.filter { undone.contains($0.index) }, owner: owner)
        }
        return results + (await settle(finished, granted, owner: owner, startedAt: startedAt))
    }

    private func claim(_ event: CloudTrailEvent, owner: String, now: Date) -> ClaimRequest {
        ClaimRequest(
            key: event.ledgerKey,
            fingerprint: event.fingerprint,
            header: EventHeader(of: event),
            owner: owner,
            leaseEnd: now.addingTimeInterval(options.lease.inSeconds),
            now: now
        )
    }

    /// The report of an event that the ledger does not hand out; `nil` when it does.
    private func refusal(_ answer: ClaimAnswer, of work: Work) -> EventReport? {
        // Nearly every claim is granted, and needs no report yet.
        lazy var report = work.report
        switch answer {
        case .granted: return nil
        case .done: report.outcome = .duplicate
        case .held(let until):
            report.outcome = .deferred
            report.dueAt = until
            report.error = .waiting("heldElsewhere", "another process works on this event", until)
        case .notBefore(let date):
            report.outcome = .deferred
            report.dueAt = date
            report.error = .waiting("notDue", "this event was put off", date)
        case .dead(let failure):
            report.outcome = .failed
            report.error = Failure(
                code: failure.code,
                message: "given up after repeated failures; the last one: \(failure.message)."
                    + " Once the cause is mended, 'autotagger ledger retry --event \(report.eventID)' frees it",
                requestID: failure.requestID,
                isTransient: false,
                kind: failure.kind
            )
        case .quarantined:
            report.outcome = .failed
            report.error = Failure(
                code: "quarantined",
                message: "event \(report.eventID) is in the ledger with another content; this record was set aside."
                    + " 'autotagger ledger show \(report.eventID)' shows both",
                isTransient: false,
                kind: .ledger
            )
        }
        return report
    }

    private func settle(
        _ finished: [(Int, EventReport)],
        _ jobs: [Job],
        owner: String,
        startedAt: Date
    ) async -> [(Int, EventReport)] {
        guard !finished.isEmpty else { return [] }
        let keys = Dictionary(jobs.map { ($0.index, $0.work.event.ledgerKey) }, uniquingKeysWith: { first, _ in first })
        let now = ports.now()
        let settlements = finished.compactMap { index, report in
            keys[index].map {
                Settlement(
                    key: $0,
                    owner: owner,
                    report: report,
                    startedAt: startedAt,
                    now: now,
                    maximumAttempts: options.maximumAttempts
                )
            }
        }
        do {
            let accepted = try await uninterrupted { ledger throws(LedgerError) in
                try await ledger.settle(settlements)
            }
            return zip(finished, accepted).map { result, isOurs in
                isOurs ? result : (result.0, Self.noted(result.1, "another process took this event over meanwhile"))
            }
        } catch {
            ports.logger.error("the ledger did not take what was done", metadata: ["reason": "\(error.message)"])
            return finished.map { index, report in
                (index, Self.noted(report, "done, but not in the ledger: \(error.message)"))
            }
        }
    }

    /// Without a ledger resources are tagged all the same, since existing tags are kept; unless the settings forbid it.
    private func runWithoutLedger(_ jobs: [Job], _ error: LedgerError) async -> [(Int, EventReport)] {
        ports.logger.error("the ledger is not available", metadata: ["reason": "\(error.message)"])
        if options.isStrict {
            return jobs.map { job in
                var report = job.work.report
                report.outcome = .failed
                report.error = Failure(
                    code: Failure.ledgerUnavailable,
                    message: "\(error.message); nothing is tagged in strict mode",
                    isTransient: true,
                    kind: .ledger
                )
                return (job.index, report)
            }
        }
        return await perform(jobs).map { ($0.0, Self.noted($0.1, "without the ledger: \(error.message)")) }
    }

    private static func noted(_ report: EventReport, _ note: String) -> EventReport {
        var report = report
        report.notes = (report.notes ?? []) + [note]
        return report
    }
}

extension Failure {
    /// The code where nothing is tagged because there is no ledger to write it down in.
    static let ledgerUnavailable = "ledgerUnavailable"

    fileprivate static func waiting(_ code: String, _ what: String, _ until: Date) -> Failure {
        Failure(code: code, message: "\(what) until \(EventTime.text(until))", isTransient: true, kind: .ledger)
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
