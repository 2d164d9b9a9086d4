import AutoTagger
import AutoTaggerTesting
import CloudTrail
import Foundation
import JSON
import Testing

/// A ledger that is not there.
private struct BrokenLedger: Ledger {
    private var error: LedgerError { LedgerError(code: "full", message: "the disk is full") }
    func claim(_ requests: [ClaimRequest]) async throws(LedgerError) -> [ClaimAnswer] { throw error }
    func settle(_ settlements: [Settlement]) async throws(LedgerError) -> [Bool] { throw error }
    func note(_ skipped: [SkippedEvent]) async throws(LedgerError) { throw error }
    func release(_ keys: [EventKey], owner: String) async throws(LedgerError) { throw error }
    func free(_ keys: [EventKey], now: Date) async throws(LedgerError) -> Int { throw error }
    func latestCreations(of arns: [String]) async throws(LedgerError) -> [String: PriorCreation] { throw error }
    func page(of query: LedgerQuery, after position: LedgerPosition?) async throws(LedgerError) -> LedgerPage {
        throw error
    }
    func prune(before limit: Date, isDryRun: Bool) async throws(LedgerError) -> Int { throw error }
    func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord] { throw error }
    func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord] { throw error }
    func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount] { throw error }
    func verify() async throws(LedgerError) -> [String] { throw error }
}

@Suite struct LedgerFailureTests {
    @Test func tagsAllTheSameAndSaysSo() async throws {
        let bench = Bench(ledger: BrokenLedger())
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == .tagged && report.notes == ["without the ledger: the disk is full"])
    }

    @Test func refusesInStrictMode() async throws {
        var bench = Bench(ledger: BrokenLedger())
        bench.options.isStrict = true
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == .failed && report.error?.code == "ledgerUnavailable")
        #expect(bench.writer.snapshot.writes.isEmpty)
    }

    @Test func aSkippedEventStaysSkipped() async throws {
        let bench = Bench(ledger: BrokenLedger())
        let reports = try await bench.process(Bench.volume(["errorCode": "Client.X"]))
        #expect(reports.map(\.reason) == [.failedCall])
    }

    /// What another process holds is not done: it must not be acknowledged.
    @Test func whatAnotherHoldsIsDeferred() async throws {
        let bench = Bench()
        let event = try Bench.volume()
        _ = try await bench.ledger.claim([
            ClaimRequest(
                key: event.ledgerKey, fingerprint: event.fingerprint, header: EventHeader(of: event), owner: "other",
                leaseEnd: bench.now.addingTimeInterval(60), now: bench.now)
        ])
        let report = try #require(await bench.process(event).first)
        #expect(report.outcome == .deferred && report.error?.code == "heldElsewhere" && !report.outcome.isDone)
        var later = bench
        later.now = bench.now.addingTimeInterval(61)
        #expect(try await later.process(event).map(\.outcome) == [.tagged])
    }

    @Test func aForgedRecordDoesNotSuppressTheRealOne() async throws {
        let bench = Bench()
        let forged = try Bench.volume(["eventName": "CreateVpc", "responseElements": ["vpc": ["vpcId": "vpc-1"]]])
        _ = try await bench.process(forged)
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == .failed && report.error?.code == "quarantined")
    }

    @Test func fiveFailuresAreEnough() async throws {
        let bench = Bench()
        bench.writer.fail(writing: [
            Bench.volumeARN: Failure(code: "X", message: "no", isTransient: true, kind: .service)
        ])
        for _ in 1...5 { _ = try await bench.process(Bench.volume()) }
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.error?.message.hasPrefix("given up after repeated failures") == true)
        #expect(bench.writer.snapshot.writes.count == 5)
    }
}
