internal import CCurl
internal import Foundation
internal import Locking
internal import Synchronization

/// What the tasks hand to the transport's thread, and the bell that wakes it.
final class TransferInbox: Sendable {
    /// What arrived since the thread last looked.
    struct Delivery {
        var jobs: [TransferJob] = []
        var cancelled: [UInt64] = []
        var steps: [TaskStep] = []
        var isStopping = false

        var isEmpty: Bool { jobs.isEmpty && cancelled.isEmpty && steps.isEmpty && !isStopping }
    }

    private struct State {
        var delivery = Delivery()
        var isServed = false
        var bell: Bell?
        /// Why nobody will ever serve it.
        var refusal: HTTPError?
        var statistics = CurlStatistics()

        /// Changes the delivery and wakes the thread, once for all that it has not looked at yet.
        mutating func deliver(_ change: (inout Delivery) -> Void) {
            let isFirst = delivery.isEmpty
            change(&delivery)
            if isFirst { bell?.ring() }
        }
    }

    /// libcurl's multi handle, of which this class uses nothing but the bell, and the thread that waits at it.
    struct Bell: @unchecked Sendable {
        // Sendable because curl_multi_wakeup is the one function of a multi handle that any thread may call.
        let multi: UnsafeMutableRawPointer
        let thread: pthread_t

        /// Wakes the thread; not where it is itself the caller, since it looks again before it waits.
        func ring() {
            if pthread_equal(thread, pthread_self()) == 0 { curl_multi_wakeup(multi) }
        }
    }

    private let state = Locked(State())
    private let lastID = Atomic<UInt64>(0)

    func newID() -> UInt64 {
        lastID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Hands a job over; `true` tells the caller that no thread serves this inbox yet and that he starts it.
    func submit(_ job: TransferJob, unless mark: CancellationMark) -> Bool {
        let mustStart: Result<Bool, HTTPError>? = state.withLock { state in
            // Checked under the lock that `cancel` takes after setting the mark, so that one of both sees the other.
            guard !mark.isSet else { return nil }
            if let refusal = state.refusal { return .failure(refusal) }
            state.deliver { $0.jobs.append(job) }
            defer { state.isServed = true }
            return .success(!state.isServed)
        }
        switch mustStart {
        case nil: job.finishCancelled()
        case .failure(let refusal): job.finish(.failure(refusal))
        case .success(let mustStart): return mustStart
        }
        return false
    }

    /// Hands a task's next step over; `true` as for a job.
    func submit(_ step: TaskStep) -> Bool {
        let mustStart: Bool? = state.withLock { state in
            guard state.refusal == nil else { return nil }
            state.deliver { $0.steps.append(step) }
            defer { state.isServed = true }
            return !state.isServed
        }
        // Tasks go on without the thread, if only to say what failed.
        if mustStart == nil { step.runElsewhere() }
        return mustStart ?? false
    }

    /// Refuses everything from now on, and what waits already.
    func refuse(_ refusal: HTTPError) {
        let delivery = state.withLock { state in
            state.refusal = refusal
            defer { state.delivery = Delivery() }
            return state.delivery
        }
        delivery.jobs.forEach { $0.finish(.failure(refusal)) }
        delivery.steps.forEach { $0.runElsewhere() }
    }

    func cancel(_ id: UInt64) {
        state.withLock { state in state.deliver { $0.cancelled.append(id) } }
    }

    func stop() {
        state.withLock { state in state.deliver { $0.isStopping = true } }
    }

    /// Gives the thread's bell in or, before its handle goes away, takes it back.
    func hang(_ bell: Bell?) {
        state.withLock { $0.bell = bell }
    }

    func take() -> Delivery {
        state.withLock { state in
            let delivery = state.delivery
            state.delivery.jobs = []
            state.delivery.cancelled = []
            state.delivery.steps = []
            return delivery
        }
    }

    /// Whether nothing arrived since the last look.
    var isEmpty: Bool { state.withLock { $0.delivery.isEmpty } }

    func count(connectionsOpened: Int) {
        state.withLock { state in
            state.statistics.exchanges += 1
            state.statistics.connectionsOpened += connectionsOpened
        }
    }

    var statistics: CurlStatistics { state.withLock { $0.statistics } }
}
