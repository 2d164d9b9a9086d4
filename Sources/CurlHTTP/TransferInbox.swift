internal import CCurl
internal import Locking
internal import Synchronization

/// What the tasks hand to the transport's thread, and the bell that wakes it.
final class TransferInbox: Sendable {
    /// What arrived since the thread last looked.
    struct Delivery {
        var jobs: [TransferJob] = []
        var cancelled: [UInt64] = []
        var isStopping = false

        var isEmpty: Bool { jobs.isEmpty && cancelled.isEmpty && !isStopping }
    }

    private struct State {
        var delivery = Delivery()
        var isServed = false
        var bell: Bell?
        var statistics = CurlStatistics()

        /// Changes the delivery and wakes the thread, once for all that it has not looked at yet.
        mutating func deliver(_ change: (inout Delivery) -> Void) {
            let isFirst = delivery.isEmpty
            change(&delivery)
            if isFirst { bell?.ring() }
        }
    }

    /// libcurl's multi handle, of which this class uses nothing but the bell.
    struct Bell: @unchecked Sendable {
        // Sendable because curl_multi_wakeup is the one function of a multi handle that any thread may call.
        let multi: UnsafeMutableRawPointer

        func ring() { curl_multi_wakeup(multi) }
    }

    private let state = Locked(State())
    private let lastID = Atomic<UInt64>(0)

    func newID() -> UInt64 {
        lastID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Hands a job over; `true` tells the caller that no thread serves this inbox yet and that he starts it.
    func submit(_ job: TransferJob, unless mark: CancellationMark) -> Bool {
        let mustStart: Bool? = state.withLock { state in
            // Checked under the lock that `cancel` takes after setting the mark, so that one of both sees the other.
            guard !mark.isSet else { return nil }
            state.deliver { $0.jobs.append(job) }
            defer { state.isServed = true }
            return !state.isServed
        }
        guard let mustStart else {
            job.finishCancelled()
            return false
        }
        return mustStart
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
            return delivery
        }
    }

    func count(connectionsOpened: Int) {
        state.withLock { state in
            state.statistics.exchanges += 1
            state.statistics.connectionsOpened += connectionsOpened
        }
    }

    var statistics: CurlStatistics { state.withLock { $0.statistics } }
}
