import AutoTagger
import AutoTaggerTesting
import Foundation
import Locking
import Testing

@testable import Doctor

/// What is read out of the ledger's memory: when an event last came, what is left alone, what fails.
@Suite struct MemoryCheckTests {
    private static let start = Date(timeIntervalSince1970: 1_791_000_000)

    /// A ledger in memory, as something to be looked at.
    private struct Probe: LedgerProbe {
        let ledger: (any LedgerHistory)?
        var isRemote = false
        var error: LedgerError?
        var troubles: [LedgerCondition.Trouble] = []

        var place: String { "the ledger" }

        func condition() async -> LedgerCondition { LedgerCondition(exists: ledger != nil, troubles: troubles) }

        func history() async throws(LedgerError) -> (any LedgerHistory)? {
            if let error { throw error }
            return ledger
        }
    }

    /// A ledger that remembers what it was asked.
    private final class Questioned: LedgerHistory {
        let ledger: InMemoryLedger
        private let asked = Locked<[String]>([])

        /// The states whose events were asked for, and the dimensions that were counted.
        var questions: [String] { asked.withLock { $0 } }

        init(_ ledger: InMemoryLedger) { self.ledger = ledger }

        func page(of query: LedgerQuery, after position: LedgerPosition?) async throws(LedgerError) -> LedgerPage {
            asked.withLock { $0.append(query.state?.rawValue ?? "latest") }
            return try await ledger.page(of: query, after: position)
        }

        func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord] {
            try await ledger.records(ofEvent: eventID)
        }

        func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord] {
            try await ledger.makers(ofResource: idOrARN)
        }

        func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount] {
            asked.withLock { $0.append(dimension.rawValue) }
            return try await ledger.statistics(by: dimension)
        }

        func verify() async throws(LedgerError) -> [String] { try await ledger.verify() }
    }

    /// What is remembered of such events.
    private static func record(
        _ outcomes: [(Outcome, SkipReason?, Failure?)], isRemote: Bool = false
    ) async throws -> LedgerRecordReader {
        LedgerRecordReader(probe: Probe(ledger: try await ledger(outcomes), isRemote: isRemote))
    }

    /// Events that ended so, each a minute after the one before.
    private static func ledger(_ outcomes: [(Outcome, SkipReason?, Failure?)]) async throws -> InMemoryLedger {
        let ledger = InMemoryLedger()
        for (index, (outcome, reason, error)) in outcomes.enumerated() {
            let now = start.addingTimeInterval(Double(index) * 60)
            let key = EventKey(accountID: "111122223333", eventID: "e\(index)")
            let header = EventHeader(
                eventSource: "ec2.amazonaws.com", eventName: "CreateVolume", region: "eu-central-1", eventTime: now)
            let claim = ClaimRequest(
                key: key, fingerprint: "f", header: header, owner: "o", leaseEnd: now.addingTimeInterval(300), now: now)
            _ = try await ledger.claim([claim])
            var report = EventReport(key: key, header: header, outcome: outcome, reason: reason)
            report.error = error
            let settled = try await ledger.settle([
                Settlement(key: key, owner: "o", report: report, startedAt: now, now: now)
            ])
            try #require(settled == [true])
        }
        return ledger
    }

    private static let denied = Failure(
        code: "AccessDenied", message: "ec2:CreateTags was refused", isTransient: true, kind: .permission)
    private static let busy = Failure(code: "Throttling", message: "too many", isTransient: true, kind: .service)

    @Test(arguments: [(6.9, CheckLine.Status.ok), (7.1, .warning)])
    func anEventThatLastCameLongAgo(days: Double, status: CheckLine.Status) async throws {
        let now = Self.start.addingTimeInterval(days * 86_400)
        let check = LastEventCheck(record: try await Self.record([(.tagged, nil, nil)]), now: { now })
        let line = try #require(await check.lines().first)
        #expect(line.status == status)
        #expect(line.what.contains("CreateVolume") && line.what.contains("\(Int(days)) days ago"), "\(line.what)")
    }

    @Test func noEventAtAll() async throws {
        let line = try #require(
            await LastEventCheck(record: try await Self.record([]), now: { Self.start }).lines().first)
        #expect(line.status == .warning && line.what == "none has ever come")
    }

    @Test func whatIsLeftAloneNowAndThenIsNoFinding() async throws {
        let line = try #require(
            await SkippedCheck(
                record: try await Self.record([
                    (.tagged, nil, nil), (.skipped, .optedOut, nil), (.tagged, nil, nil),
                    (.skipped, .resourceGone, nil),
                ])
            ).lines().first)
        #expect(line.status == .ok && line.what.contains("optedOut 1") && line.what.contains("resourceGone 1"))
    }

    @Test func skippingNearlyAllByASettingIsOne() async throws {
        let line = try #require(
            await SkippedCheck(
                record: try await Self.record([
                    (.skipped, .regionNotAllowed, nil), (.skipped, .regionNotAllowed, nil), (.tagged, nil, nil),
                ])
            ).lines().first)
        #expect(line.status == .warning && line.why?.contains("'regions'") == true)
    }

    @Test func failuresOfTodayAreBrokenByTheCommonestReason() async throws {
        let line = try #require(
            await FailuresCheck(
                record: try await Self.record([
                    (.tagged, nil, nil), (.failed, nil, Self.busy), (.failed, nil, Self.denied),
                    (.failed, nil, Self.denied),
                ])
            ).lines().first)
        #expect(line.status == .broken && line.trouble == .permission)
        #expect(line.why == "2 for AccessDenied: ec2:CreateTags was refused")
        #expect(line.advice?.contains("ledger retry --failed") == true)
    }

    @Test func failuresOfLongAgoAreAWarning() async throws {
        let failed: [(Outcome, SkipReason?, Failure?)] = [(.failed, nil, Self.busy)]
        let tagged = [(Outcome, SkipReason?, Failure?)](repeating: (.tagged, nil, nil), count: 20)
        let line = try #require(await FailuresCheck(record: try await Self.record(failed + tagged)).lines().first)
        #expect(line.status == .warning && line.what == "1 failed; 20 done")
    }

    /// A table is not counted through, so what is known of it is the latest of its events.
    @Test(
        arguments: [
            (true, 199, 0, "none; 199 events done", nil),
            (true, 250, 0, "none; 200 of the latest 200 events done", nil),
            (false, 250, 0, "none; 250 events done", nil),
            (true, 197, 3, "3 failed; 197 of the latest 200 events done", "3 for Throttling: too many"),
            (
                true, 1, 250, "200 or more failed; 0 of the latest 200 events done",
                "200 of the latest 200 for Throttling: too many"
            ),
            (false, 1, 250, "250 failed; 1 done", "200 of the latest 200 for Throttling: too many"),
        ] as [(Bool, Int, Int, String, String?)])
    func numbersAreNoMoreThanWasCounted(
        isRemote: Bool, done: Int, failed: Int, what: String, why: String?
    ) async throws {
        let outcomes =
            Array(repeating: (Outcome.tagged, SkipReason?.none, Failure?.none), count: done)
            + Array(repeating: (.failed, nil, Self.busy), count: failed)
        let record = try await Self.record(outcomes, isRemote: isRemote)
        let line = try #require(await FailuresCheck(record: record).lines().first)
        #expect(line.what == what)
        #expect(line.why == why)
    }

    /// Whatever waits is among the latest where these are all; a table's questions are paid for.
    @Test(
        arguments: [
            (false, 199, ["latest"]), (true, 199, ["latest"]),
            (false, 200, ["latest", "dead", "failed", "deferred", "outcome"]),
            (true, 200, ["latest", "dead", "failed", "deferred"]),
        ])
    func nothingIsAskedThatIsKnown(isRemote: Bool, count: Int, questions: [String]) async throws {
        let outcomes = Array(repeating: (Outcome.failed, SkipReason?.none, Failure?.some(Self.busy)), count: count)
        let ledger = Questioned(try await Self.ledger(outcomes))
        let record = LedgerRecordReader(probe: Probe(ledger: ledger, isRemote: isRemote))
        let line = try #require(await FailuresCheck(record: record).lines().first)
        #expect(line.what.hasPrefix("\(count) "), "\(line)")
        #expect(ledger.questions == questions)
    }

    @Test func waitingIsNoFailure() async throws {
        let line = try #require(
            await FailuresCheck(record: try await Self.record([(.deferred, nil, Self.busy)])).lines().first)
        #expect(line.status == .ok && line.what == "1 waiting; 0 done")
    }

    @Test func withoutALedgerNothingIsSaid() async throws {
        let missing = LedgerRecordReader(probe: Probe(ledger: nil))
        #expect(await SkippedCheck(record: missing).lines().map(\.status) == [.leftOut])
    }

    @Test(
        arguments: [
            (true, "corrupt", CheckLine.Status.leftOut, "'ledger'"), (true, "missing", .leftOut, "'ledger'"),
            (false, "corrupt", .warning, "ledger verify"), (false, "busy", .warning, "doctor again"),
            (false, "denied", .warning, "rights"),
        ])
    func aLedgerThatCannotBeReadIsLeftToItsOwnLineWhereThatSaysSo(
        isBroken: Bool, code: String, status: CheckLine.Status, words: String
    ) async throws {
        let trouble = LedgerCondition.Trouble(isFatal: isBroken, what: "it", why: "so", advice: "do")
        let error = LedgerError(code: code, message: "it is as it is")
        let record = LedgerRecordReader(probe: Probe(ledger: nil, error: error, troubles: [trouble]))
        let line = try #require(await FailuresCheck(record: record).lines().first)
        #expect(line.status == status)
        #expect((line.advice ?? line.what).contains(words), "\(line)")
        #expect(status == .leftOut || line.what == "could not be read: it is as it is", "\(line)")
    }
}
