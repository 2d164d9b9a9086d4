import AutoTaggerTesting
import CloudTrail
import Foundation
import JSON
import Testing

@testable import AutoTagger

/// A process that is told to end: what is not done is given back, and what is done stays done.
@Suite struct InterruptionTests {
    /// Writes all volumes but those of an event, for which it waits until it is cancelled, as a call does that hangs.
    private struct HangingWriter: TagWriter {
        let writer = RecordingTagWriter()
        let hanging: String
        let reached: AsyncStream<Void>.Continuation

        func read(_ resources: [TaggableResource]) async -> [Result<[String: String], Failure>] {
            await writer.read(resources)
        }

        func write(_ writes: [TagWrite]) async -> [Result<TagReceipt, Failure>] {
            var answers = await writer.write(writes.filter { $0.resource.id != hanging })
            guard let place = writes.firstIndex(where: { $0.resource.id == hanging }) else { return answers }
            reached.yield()
            for await _ in AsyncStream<Void>.makeStream().stream {}
            let cancelled = Failure(code: "cancelled", message: "cancelled", isTransient: false, kind: .service)
            answers.insert(.failure(cancelled), at: place)
            return answers
        }

        func plan(_ writes: [TagWrite]) -> [PlannedCall] { writer.plan(writes) }
    }

    /// A ledger whose calls end with the task that makes them, as those to AWS do.
    private struct CancelledLedger: Ledger {
        let ledger = InMemoryLedger()

        private func check() throws(LedgerError) {
            if Task.isCancelled { throw LedgerError(code: "unavailable", message: "the call was cancelled") }
        }

        func claim(_ requests: [ClaimRequest]) async throws(LedgerError) -> [ClaimAnswer] {
            try check()
            return try await ledger.claim(requests)
        }
        func settle(_ settlements: [Settlement]) async throws(LedgerError) -> [Bool] {
            try check()
            return try await ledger.settle(settlements)
        }
        func release(_ keys: [EventKey], owner: String) async throws(LedgerError) {
            try check()
            try await ledger.release(keys, owner: owner)
        }
        func note(_ skipped: [SkippedEvent]) async throws(LedgerError) { try await ledger.note(skipped) }
        func free(_ keys: [EventKey], now: Date) async throws(LedgerError) -> Int {
            try await ledger.free(keys, now: now)
        }
        func prune(before limit: Date, isDryRun: Bool) async throws(LedgerError) -> Int {
            try await ledger.prune(before: limit, isDryRun: isDryRun)
        }
        func latestCreations(of arns: [String]) async throws(LedgerError) -> [String: PriorCreation] {
            try await ledger.latestCreations(of: arns)
        }
        func page(of query: LedgerQuery, after position: LedgerPosition?) async throws(LedgerError) -> LedgerPage {
            try await ledger.page(of: query, after: position)
        }
        func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord] {
            try await ledger.records(ofEvent: eventID)
        }
        func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord] {
            try await ledger.makers(ofResource: idOrARN)
        }
        func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount] {
            try await ledger.statistics(by: dimension)
        }
        func verify() async throws(LedgerError) -> [String] { try await ledger.verify() }
    }

    private static func volume(_ number: Int) throws -> CloudTrailEvent {
        try Bench.volume(["eventID": .string("e\(number)"), "responseElements": ["volumeId": .string("vol-\(number)")]])
    }

    @Test func whatIsNotDoneIsDueAtOnce() async throws {
        let (reached, feed) = AsyncStream.makeStream(of: Void.self)
        let bench = Bench(ledger: CancelledLedger())
        var dispatcher = try bench.dispatcher()
        dispatcher = Dispatcher(
            ports: {
                var ports = dispatcher.ports
                ports.writer = HangingWriter(hanging: "vol-2", reached: feed)
                return ports
            }(), options: dispatcher.options)
        let events = try [Self.volume(1), Self.volume(2)]
        let hanging = dispatcher
        let work = Task { await hanging.process(events) }
        for await _ in reached { break }
        work.cancel()
        let reports = await work.value
        #expect(reports.map(\.outcome) == [.tagged, .deferred])
        #expect(reports.last?.error?.code == "interrupted")
        #expect(reports.first?.notes == nil, "what is done is in the ledger")
        let record = try #require(await bench.ledger.records(ofEvent: "e2").first)
        #expect(record.state == .deferred && record.attempts == 0)
        #expect(try await bench.process(events[0], events[1]).map(\.outcome) == [.duplicate, .tagged])
    }
}
