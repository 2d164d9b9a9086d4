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

    private static func volume(_ number: Int) throws -> CloudTrailEvent {
        try Bench.volume(["eventID": .string("e\(number)"), "responseElements": ["volumeId": .string("vol-\(number)")]])
    }

    @Test func whatIsNotDoneIsDueAtOnce() async throws {
        let (reached, feed) = AsyncStream.makeStream(of: Void.self)
        let bench = Bench()
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
        let record = try #require(await bench.ledger.records(ofEvent: "e2").first)
        #expect(record.state == .deferred && record.attempts == 0)
        #expect(try await bench.process(events[0], events[1]).map(\.outcome) == [.duplicate, .tagged])
    }
}
