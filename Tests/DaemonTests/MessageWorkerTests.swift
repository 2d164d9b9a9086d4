import AutoTagger
import CloudTrail
import EventSources
import Foundation
import JSON
import Locking
import Logging
import Metering
import Testing

@testable import Daemon

/// What a group of messages shares, and how much of it is in memory at once.
@Suite struct MessageWorkerTests {
    /// Log files of so many events each, by key; counts what is fetched.
    private struct Bucket: LogFileSource {
        let eventsPerFile: Int
        let fetched = Locked<[String]>([])

        func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data {
            fetched.withLock { $0.append(file.key) }
            let records = (0..<eventsPerFile).map { MessageWorkerTests.record("\(file.key)-\($0)") }
            return Data((["Records": .array(records)] as JSONValue).compactText.utf8)
        }
    }

    private static func record(_ id: String) -> JSONValue {
        ["eventID": .string(id), "eventName": "CreateVolume", "eventSource": "ec2.amazonaws.com"]
    }

    private static func notice(_ number: Int) -> JSONValue {
        [
            "Records": [
                [
                    "eventName": "ObjectCreated:Put", "awsRegion": "us-east-1",
                    "s3": ["bucket": ["name": "trail"], "object": ["key": .string("CloudTrail/\(number).json")]],
                ]
            ]
        ]
    }

    private static func held(_ bodies: [JSONValue]) -> [HeldMessage] {
        bodies.enumerated().map { number, body in
            HeldMessage(
                id: number, queue: 0, message: QueueMessage(id: "m\(number)", receipt: "r", body: body.compactText))
        }
    }

    private static func worker(
        _ files: any LogFileSource, _ process: @escaping @Sendable ([CloudTrailEvent]) async -> [EventReport]
    ) -> MessageWorker {
        let reader = DeliveryReader(logFiles: files)
        return MessageWorker(
            open: { body throws(EnvelopeError) in try await reader.open(body) }, process: process,
            schedule: RetrySchedule(), now: { Date(timeIntervalSince1970: 0) }, random: { 0 },
            journal: WorkJournal(
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                metrics: DaemonMetrics(queues: ["q"], factory: MeterRegistry()), elapsed: { .zero }))
    }

    @Test("a log file is fetched only when those before it are done")
    func fetchesWhatItIsAboutToWorkOn() async {
        let bucket = Bucket(eventsPerFile: 200)
        let claims = Locked<[(fetched: Int, events: Int)]>([])
        let worker = Self.worker(bucket) { events in
            let fetched = bucket.fetched.withLock(\.count)
            claims.withLock { $0.append((fetched, events.count)) }
            return events.map { EventReport(of: $0, outcome: .tagged) }
        }
        let (fates, isOutage) = await worker.work(Self.held((0..<20).map(Self.notice)))
        #expect(fates == Array(repeating: .done, count: 20) && !isOutage)
        #expect(claims.withLock { $0.map(\.fetched) } == (1...20).flatMap { [$0, $0] })
        #expect(claims.withLock { $0.map(\.events) } == (0..<20).flatMap { _ in [128, 72] })
    }

    @Test("messages of one event share one claim, and small files do")
    func sharesClaims() async {
        let claims = Locked<[Int]>([])
        let worker = Self.worker(Bucket(eventsPerFile: 3)) { events in
            claims.withLock { $0.append(events.count) }
            return events.map { EventReport(of: $0, outcome: $0.eventID == "e7" ? .deferred : .tagged) }
        }
        let ordinary = (0..<62).map { Self.record("e\($0)") }
        let (fates, _) = await worker.work(Self.held(ordinary + [Self.notice(1), Self.notice(2)]))
        #expect(claims.withLock { $0 } == [68])
        #expect(fates.indices.filter { fates[$0] != .done } == [7] && fates.count == 64)
    }

    private static func failure(_ code: String, _ kind: Failure.Kind) -> Failure {
        Failure(code: code, message: "no", isTransient: true, kind: kind)
    }

    @Test(
        "AWS or the ledger is away when nothing that was tried reached it",
        arguments: [
            ([failure("timedOut", .unreachable), failure("credentialsUnavailable", .permission)], true),
            ([failure("timedOut", .unreachable), nil], false),
            ([failure("UnauthorizedOperation", .permission)], false),
            ([failure("credentialsOfTheTable", .ledger)], false),
            ([failure("ledgerUnavailable", .ledger), failure("ledgerUnavailable", .ledger)], true),
            ([failure("ledgerUnavailable", .ledger), failure("Throttling", .throttled)], false),
        ] as [([Failure?], Bool)])
    func tellsAnOutage(failures: [Failure?], isOutage: Bool) async {
        let worker = Self.worker(Bucket(eventsPerFile: 0)) { events in
            zip(events, failures + [nil]).map { event, failure in
                // The last one is nobody's concern.
                let isLast = event.eventID == "e\(failures.count)"
                var report = EventReport(of: event, outcome: failure != nil ? .failed : isLast ? .skipped : .tagged)
                report.error = failure
                return report
            }
        }
        let told = await worker.work(Self.held((0...failures.count).map { Self.record("e\($0)") }))
        #expect(told.isOutage == isOutage)
    }

    @Test("what the end cuts off is given back, opened or not")
    func isCutShort() async {
        let bucket = Bucket(eventsPerFile: 200)
        let (begun, feed) = AsyncStream.makeStream(of: Void.self)
        let worker = Self.worker(bucket) { events in
            if events.first?.eventID == "CloudTrail/1.json-0" {
                feed.yield()
                for await _ in AsyncStream<Void>.makeStream().stream {}
                return events.map { EventReport(of: $0, outcome: .failed) }
            }
            return events.map { EventReport(of: $0, outcome: .tagged) }
        }
        let work = Task { await worker.work(Self.held((0..<5).map(Self.notice))) }
        for await _ in begun { break }
        work.cancel()
        let (fates, isOutage) = await work.value
        #expect(fates == [.done, .interrupted, .interrupted, .interrupted, .interrupted] && !isOutage)
        #expect(bucket.fetched.withLock(\.count) == 2)
    }
}
