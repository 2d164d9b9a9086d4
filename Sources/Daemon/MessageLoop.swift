internal import AWSClient
internal import EventSources
internal import Foundation
internal import Locking
internal import Logging
internal import ServiceLifecycle

/// Does what the ``MessageFlow`` says, and tells it what came of it.
///
/// Everything it starts is a task of its own that ends in one event. They are not awaited at the end, since the process must
/// end in time even when one of them hangs; all that matters is settled before ``FlowAction/finish``.
struct MessageLoop: Service {
    /// A long poll as long as SQS allows: an idle queue is asked three times a minute.
    private static let longPoll = Duration.seconds(20)

    let queues: [any MessageQueue]
    let limits: FlowLimits
    let worker: MessageWorker
    var executor: (any TaskExecutor)?
    let clock: any Clock<Duration>
    let elapsed: @Sendable () -> Duration
    let random: @Sendable () -> Double
    let status: Locked<DaemonStatus>
    let witness: FlowWitness

    /// Runs until the process is told to end and everything is done or given back.
    func run() async throws {
        let (events, feed) = AsyncStream.makeStream(of: FlowEvent.self)
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                // Apart from this task, whose cancellation would end the events: there are messages to give back.
                await Task(executorPreference: executor) { await loop(events, feed) }.value
            } onGracefulShutdown: {
                feed.yield(.stop)
            }
        } onCancel: {
            feed.yield(.stop)
        }
    }

    private func loop(_ events: AsyncStream<FlowEvent>, _ feed: AsyncStream<FlowEvent>.Continuation) async {
        var flow = MessageFlow(queues: queues.count, limits: limits, random: random)
        var receives: [Receiver: Task<Void, Never>] = [:]
        var works: [Int: Task<Void, Never>] = [:]
        feed.yield(.started)
        for await event in events {
            let now = elapsed()
            witness.saw(event)
            if case .worked(let group, _, _) = event { works[group] = nil }
            for action in flow.handle(event, at: now) {
                switch action {
                case .receive(let receiver, let maximum):
                    receives[receiver] = Task(executorPreference: executor) {
                        feed.yield(await receive(receiver, maximum))
                    }
                case .work(let group, let messages):
                    works[group] = Task(executorPreference: executor) {
                        let (fates, isOutage) = await worker.work(messages)
                        feed.yield(.worked(group: group, fates, isOutage: isOutage))
                    }
                case .delete(let messages): Task(executorPreference: executor) { feed.yield(await delete(messages)) }
                case .hide(let messages, let times, let purpose):
                    Task(executorPreference: executor) { feed.yield(await hide(messages, times, purpose)) }
                case .rest(let receiver, let time): wait(time, .rested(receiver), feed)
                case .wait(let time, let event): wait(time, event, feed)
                case .endReceives: receives.values.forEach { $0.cancel() }
                case .interruptWork: works.values.forEach { $0.cancel() }
                case .finish: return feed.finish()
                }
            }
            status.withLock { $0.take(flow, at: now) }
        }
    }

    private func wait(_ time: Duration, _ event: FlowEvent, _ feed: AsyncStream<FlowEvent>.Continuation) {
        Task(executorPreference: executor) {
            try? await clock.sleep(for: time)
            feed.yield(event)
        }
    }

    private func receive(_ receiver: Receiver, _ maximum: Int) async -> FlowEvent {
        do throws(AWSError) {
            let messages = try await queues[receiver.queue].receive(
                upTo: maximum, waiting: Self.longPoll, invisibleFor: limits.visibility)
            return .received(receiver, messages)
        } catch {
            return .receiveFailed(receiver, error)
        }
    }

    private func delete(_ messages: [HeldMessage]) async -> FlowEvent {
        guard let queue = messages.first?.queue else { return .deleted([], failed: []) }
        do throws(AWSError) {
            let failed = try await queues[queue].delete(messages.map(\.message))
            return .deleted(messages, failed: Set(messages.filter { failed[$0.message] != nil }))
        } catch {
            witness.complain("messages could not be deleted", error, queue: queue)
            return .deleted(messages, failed: Set(messages))
        }
    }

    private func hide(_ messages: [HeldMessage], _ times: [Duration], _ purpose: Purpose) async -> FlowEvent {
        guard let queue = messages.first?.queue else { return .hidden([], purpose, failed: [], lost: []) }
        do throws(AWSError) {
            let refused = try await queues[queue].hide(
                zip(messages, times).map { HiddenMessage($0.message, for: $1) })
            let failed = messages.filter { refused[$0.message] != nil }
            // What does not pass says that the receipt is no longer good: the message was handed to somebody else.
            let lost = failed.filter { refused[$0.message]?.isRetryable == false }
            return .hidden(messages, purpose, failed: Set(failed), lost: Set(lost))
        } catch {
            witness.complain("messages' visibility could not be changed", error, queue: queue)
            return .hidden(messages, purpose, failed: Set(messages), lost: [])
        }
    }
}

extension DaemonStatus {
    /// Takes over how the flow stands.
    mutating func take(_ flow: MessageFlow, at now: Duration) {
        lastMove = now
        inFlight = flow.holdings.count
        oldestSentAt = flow.holdings.values.compactMap(\.held.message.sentAt).min()
        isStopping = flow.isStopping
    }
}
