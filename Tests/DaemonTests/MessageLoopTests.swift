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

        func setup() async throws(AWSError) -> QueueSetup { QueueSetup(maximumReceives: 5) }

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

    /// Runs a loop over a queue until `goal` is reached, ends it, and answers what `/metrics` and `/readyz` say before.
    private static func run(
        _ queue: ListQueue, outcome: @escaping @Sendable (CloudTrailEvent) -> Outcome = { _ in .tagged },
        until goal: @escaping @Sendable (ListQueue.State) -> Bool
    ) async throws -> (metrics: String, ready: HealthServer.Answer?, readyAfterwards: HealthServer.Answer?) {
        let registry = MeterRegistry()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let metrics = DaemonMetrics(queues: [queue.name], factory: registry)
        let status = Locked(DaemonStatus(queues: [queue.name]))
        let journal = WorkJournal(logger: logger, metrics: metrics, elapsed: { .zero })
        let loop = MessageLoop(
            queues: [queue], limits: FlowLimits(),
            worker: MessageWorker(
                open: { body throws(EnvelopeError) in try Envelope.open(body) },
                process: { events in events.map { EventReport(of: $0, outcome: outcome($0)) } },
                schedule: RetrySchedule(), now: { Date(timeIntervalSince1970: 0) }, random: { 0 }, journal: journal),
            clock: StoppedClock(), elapsed: { .zero }, random: { 0 }, status: status,
            witness: FlowWitness(
                queues: [queue.name], status: status, metrics: metrics, journal: journal, logger: logger))
        let desk = HealthDesk(
            status: status, metrics: metrics, beat: .seconds(30), elapsed: { .zero },
            now: { Date(timeIntervalSince1970: 0) }, metricsText: { registry.prometheusText() })
        let group = ServiceGroup(configuration: .init(services: [.init(service: loop)], logger: logger))
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
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var limits = FlowLimits()
        limits.grace = .zero
        let queue = ListQueue((0..<12).map { Self.message("m\($0)") })
        let (begun, feed) = AsyncStream.makeStream(of: Void.self)
        let metrics = DaemonMetrics(queues: ["list"], factory: MeterRegistry())
        let status = Locked(DaemonStatus(queues: ["list"]))
        let journal = WorkJournal(logger: logger, metrics: metrics, elapsed: { .zero })
        let loop = MessageLoop(
            queues: [queue], limits: limits,
            worker: MessageWorker(
                open: { body throws(EnvelopeError) in try Envelope.open(body) },
                process: { events in
                    feed.yield()
                    for await _ in AsyncStream<Void>.makeStream().stream {}
                    return events.map { EventReport(of: $0, outcome: .failed) }
                },
                schedule: RetrySchedule(), now: { Date() }, random: { 0 }, journal: journal),
            clock: ContinuousClock(), elapsed: { .zero }, random: { 0 }, status: status,
            witness: FlowWitness(
                queues: ["list"], status: status, metrics: metrics, journal: journal, logger: logger))
        let group = ServiceGroup(configuration: .init(services: [.init(service: loop)], logger: logger))
        let running = Task { try? await group.run() }
        for await _ in begun { break }
        await group.triggerGracefulShutdown()
        await running.value
        let hidden = queue.state.withLock { $0.hidden }
        #expect(!hidden.isEmpty && hidden.values.allSatisfy { $0 == .zero })
        #expect(queue.state.withLock { $0.hidden.count + $0.unsent.count } == 12)
    }
}
