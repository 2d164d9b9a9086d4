import AWSClient
import AutoTagger
import CloudTrail
import EventSources
import Foundation
import JSON
import Locking
import Logging
import Metering
import ServiceLifecycle
import Testing

@testable import Daemon

/// The loop with all its parts, over a queue that is a list.
@Suite struct MessageLoopTests {
    /// A queue that hands out its messages once, then answers a question only when it is taken back.
    private final class ListQueue: MessageQueue {
        struct State {
            var unsent: [QueueMessage]
            var failures: [AWSError] = []
            var deleted: [String] = []
            var hidden: [String: Duration] = [:]
            /// What a question for its set-up comes to; without an answer it waits until it is taken back.
            var setup: Result<QueueSetup, AWSError>? = .success(QueueSetup(maximumReceives: 5))
            var isLookedAt = false
        }

        let name = "list"
        let state: Locked<State>
        private let change: AsyncStream<Void>.Continuation
        /// Says that something was deleted or hidden.
        let changes: AsyncStream<Void>

        init(_ messages: [QueueMessage], failing failures: [AWSError] = []) {
            state = Locked(State(unsent: messages, failures: failures))
            (changes, change) = AsyncStream.makeStream()
        }

        func receive(
            upTo maximum: Int, waiting: Duration, invisibleFor invisibility: Duration
        ) async throws(AWSError) -> [QueueMessage] {
            let failure = state.withLock { $0.failures.isEmpty ? nil : $0.failures.removeFirst() }
            if let failure { throw failure }
            let batch = state.withLock { state in
                let batch = Array(state.unsent.prefix(maximum))
                state.unsent.removeFirst(batch.count)
                return batch
            }
            if !batch.isEmpty { return batch }
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw AWSError(code: "cancelled", message: "taken back", kind: .cancelled)
        }

        func delete(_ messages: [QueueMessage]) async throws(AWSError) -> [QueueMessage: AWSError] {
            state.withLock { $0.deleted += messages.map(\.id) }
            change.yield()
            return [:]
        }

        func hide(_ messages: [HiddenMessage]) async throws(AWSError) -> [QueueMessage: AWSError] {
            state.withLock { state in
                for hidden in messages { state.hidden[hidden.message.id] = hidden.time }
            }
            change.yield()
            return [:]
        }

        func setup() async throws(AWSError) -> QueueSetup {
            let setup = state.withLock { state in
                state.isLookedAt = true
                return state.setup
            }
            change.yield()
            if let setup { return try setup.get() }
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw AWSError(code: "cancelled", message: "taken back", kind: .cancelled)
        }

        /// Waits until something is true of it.
        func reaches(_ goal: @Sendable (State) -> Bool) async {
            if goal(state.withLock { $0 }) { return }
            for await _ in changes where goal(state.withLock { $0 }) { return }
        }
    }

    /// A clock on which nothing ever becomes due: heartbeats and pauses are not these tests' concern.
    private struct StoppedClock: Clock {
        typealias Instant = ContinuousClock.Instant
        let now = ContinuousClock.now
        let minimumResolution = Duration.zero

        func sleep(until deadline: Instant, tolerance: Duration?) async throws {
            for await _ in AsyncStream<Void>.makeStream().stream {}
        }
    }

    private static func message(_ id: String, _ body: String? = nil) -> QueueMessage {
        let record: JSONValue = [
            "eventID": .string(id), "eventName": "CreateVolume", "eventSource": "ec2.amazonaws.com",
        ]
        return QueueMessage(id: id, receipt: "r-" + id, body: body ?? record.compactText)
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A loop over a queue, and what tells of it.
    private static func loop(
        _ queue: ListQueue, limits: FlowLimits = FlowLimits(), clock: any Clock<Duration> = StoppedClock(),
        process: @escaping @Sendable ([CloudTrailEvent]) async -> [EventReport]
    ) -> (loop: MessageLoop, desk: HealthDesk) {
        let registry = MeterRegistry()
        let metrics = DaemonMetrics(queues: [queue.name], factory: registry)
        let status = Locked(DaemonStatus(queues: [queue.name]))
        let journal = WorkJournal(logger: logger, metrics: metrics, elapsed: { .zero })
        let now = { @Sendable in Date(timeIntervalSince1970: 0) }
        let loop = MessageLoop(
            queues: [queue], limits: limits,
            worker: MessageWorker(
                open: { body throws(EnvelopeError) in try Envelope.open(body) }, process: process,
                schedule: RetrySchedule(), now: now, random: { 0 }, journal: journal),
            clock: clock, elapsed: { .zero }, random: { 0 }, status: status,
            witness: FlowWitness(
                queues: [queue.name], status: status, metrics: metrics, journal: journal, logger: logger))
        let desk = HealthDesk(
            status: status, metrics: metrics, beat: .seconds(30), elapsed: { .zero }, now: now,
            metricsText: { registry.prometheusText() })
        return (loop, desk)
    }

    private static func group(_ service: any Service) -> ServiceGroup {
        ServiceGroup(configuration: .init(services: [.init(service: service)], logger: logger))
    }

    /// Runs a loop over a queue until `goal` is reached, ends it, and answers what `/metrics` and `/readyz` say before.
    private static func run(
        _ queue: ListQueue, outcome: @escaping @Sendable (CloudTrailEvent) -> Outcome = { _ in .tagged },
        until goal: @escaping @Sendable (ListQueue.State) -> Bool
    ) async throws -> (metrics: String, ready: HealthServer.Answer?, readyAfterwards: HealthServer.Answer?) {
        let (loop, desk) = loop(queue) { events in events.map { EventReport(of: $0, outcome: outcome($0)) } }
        let group = group(loop)
        let running = Task { try? await group.run() }
        await queue.reaches(goal)
        let ready = desk.answer("/readyz")
        await group.triggerGracefulShutdown()
        await running.value
        return (desk.answer("/metrics")?.body ?? "", ready, desk.answer("/readyz"))
    }

    @Test func deletesWhatIsDoneAndLeavesTheRest() async throws {
        let queue = ListQueue(
            (0..<23).map { Self.message("m\($0)") } + [Self.message("poison", "not JSON"), Self.message("early")])
        let told = try await Self.run(
            queue, outcome: { $0.eventID == "early" ? .deferred : .tagged },
            until: { $0.deleted.count == 23 && $0.hidden["early"] != nil })
        let state = queue.state.withLock { $0 }
        #expect(Set(state.deleted) == Set((0..<23).map { "m\($0)" }) && state.deleted.count == 23)
        #expect(state.hidden == ["early": .seconds(30 * 0.75)])
        for line in [
            "outcome=\"received\",queue=\"list\"} 25", "outcome=\"deleted\",queue=\"list\"} 23",
            "outcome=\"deferred\",queue=\"list\"} 1", "outcome=\"poison\",queue=\"list\"} 1",
            "outcome=\"dead\",queue=\"list\"} 0", "autotagger_messages_in_flight 0",
        ] {
            #expect(told.metrics.contains(line), "\(line) in \(told.metrics)")
        }
        #expect(told.ready?.status == 200)
        #expect(told.readyAfterwards?.status == 503 && told.readyAfterwards?.body.contains("ending") == true)
    }

    @Test("What is under work at the end is cut short and given back")
    func givesBackAtTheEnd() async throws {
        var limits = FlowLimits()
        limits.grace = .zero
        let queue = ListQueue((0..<12).map { Self.message("m\($0)") })
        let (begun, feed) = AsyncStream.makeStream(of: Void.self)
        let (loop, _) = Self.loop(queue, limits: limits, clock: ContinuousClock()) { events in
            feed.yield()
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return events.map { EventReport(of: $0, outcome: .failed) }
        }
        let group = Self.group(loop)
        let running = Task { try? await group.run() }
        for await _ in begun { break }
        await group.triggerGracefulShutdown()
        await running.value
        let hidden = queue.state.withLock { $0.hidden }
        #expect(!hidden.isEmpty && hidden.values.allSatisfy { $0 == .zero })
        #expect(queue.state.withLock { $0.hidden.count + $0.unsent.count } == 12)
    }

    @Test("Told to end while its queues are looked at: at once, with no message received", .timeLimit(.minutes(1)))
    func endsWhileItLooks() async throws {
        let queue = ListQueue([Self.message("m")])
        queue.state.withLock { $0.setup = nil }
        let (loop, _) = Self.loop(queue) { $0.map { EventReport(of: $0, outcome: .tagged) } }
        let group = Self.group(QueueReading(loop: loop, healthAddress: nil, logger: Self.logger))
        let running = Task { try await group.run() }
        await queue.reaches(\.isLookedAt)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(queue.state.withLock(\.unsent.count) == 1)
    }

    @Test("A queue that does not exist ends the process; one that may not be looked at is read all the same")
    func looksAtQueuesFirst() async throws {
        for (code, isRead) in [("QueueDoesNotExist", false), ("AccessDenied", true)] {
            let queue = ListQueue([Self.message("m")])
            queue.state.withLock { $0.setup = .failure(AWSError(code: code, message: "no", kind: .service)) }
            let (loop, _) = Self.loop(queue) { $0.map { EventReport(of: $0, outcome: .tagged) } }
            let group = Self.group(QueueReading(loop: loop, healthAddress: nil, logger: Self.logger))
            let running = Task { try await group.run() }
            if isRead {
                await queue.reaches { $0.deleted == ["m"] }
                await group.triggerGracefulShutdown()
                try await running.value
            } else {
                let error = await #expect(throws: DaemonError.self) { try await running.value }
                #expect(error?.description.contains("'list'") == true)
            }
        }
    }
}
