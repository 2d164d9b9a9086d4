internal import CCurl
internal import Foundation

/// The transport's thread: starts what waits, lets libcurl work, and hands every result to the task that waits for it.
final class CurlDriver {
    private let inbox: TransferInbox
    private let configuration: CurlConfiguration
    private let multi: UnsafeMutableRawPointer
    private var queue: FairQueue<TransferJob>
    private var active: [UInt64: Transfer] = [:]
    /// Handles that ended their transfer; a used one keeps its buffers and costs less than a new one.
    private var idle: [EasyHandle] = []
    /// The earliest deadline among those that wait, or later; a line of thousands is only searched when it passes.
    private var nextWaitingDue: ContinuousClock.Instant?

    private static let maximumLooks = 32
    private static let spareHandles = 8

    /// libcurl's process-wide state; the language makes sure that it is set up once.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Starts the thread that serves `inbox` until it is stopped.
    static func start(serving inbox: TransferInbox, configuration: CurlConfiguration) {
        let thread = Thread {
            guard isReady, let multi = curl_multi_init() else {
                inbox.refuse(HTTPError(.connection, "libcurl could not be started: out of memory"))
                return
            }
            CurlDriver(inbox, configuration, multi).run()
        }
        thread.name = "CurlTransport"
        thread.start()
    }

    private init(_ inbox: TransferInbox, _ configuration: CurlConfiguration, _ multi: UnsafeMutableRawPointer) {
        self.inbox = inbox
        self.configuration = configuration
        self.multi = multi
        queue = FairQueue(
            limit: configuration.maximumConnections,
            limitPerLane: configuration.maximumConnectionsPerHost
        )
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
        ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
    }

    private func run() {
        inbox.hang(TransferInbox.Bell(multi: multi, thread: pthread_self()))
        while takeIn() {
            expire()
            repeat { startWaiting() } while performAndReap() > 0
            if inbox.isEmpty { curl_multi_poll(multi, nil, 0, Int32(millisecondsToWait()), nil) }
        }
        close()
    }

    /// Takes in what arrived, and runs the tasks' steps; `false` when it was told to stop.
    ///
    /// A step mostly brings on another one or a request, so it looks again before libcurl works, but not for ever: a task that
    /// never waits must not hold up the exchanges.
    private func takeIn() -> Bool {
        for _ in 0..<Self.maximumLooks {
            let delivery = inbox.take()
            delivery.jobs.forEach(accept)
            delivery.cancelled.forEach(cancel)
            delivery.steps.forEach { $0.run() }
            if delivery.isStopping { return false }
            if delivery.steps.isEmpty { break }
        }
        return true
    }

    private func accept(_ job: TransferJob) {
        queue.append(job, to: job.lane)
        if let due = job.due { nextWaitingDue = min(nextWaitingDue ?? due, due) }
    }

    private func cancel(_ id: UInt64) {
        if let transfer = active[id] {
            release(transfer)
            transfer.job.finishCancelled()
        } else {
            queue.remove { $0.id == id }.forEach { $0.finishCancelled() }
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        for transfer in active.values where transfer.job.due.map({ $0 <= now }) ?? false {
            release(transfer)
            transfer.job.finishLate()
        }
        guard let next = nextWaitingDue, next <= now else { return }
        var rest: ContinuousClock.Instant?
        let late = queue.remove { job in
            guard let due = job.due else { return false }
            if due > now { rest = min(rest ?? due, due) }
            return due <= now
        }
        nextWaitingDue = rest
        late.forEach { $0.finishLate() }
    }

    private func startWaiting() {
        while let job = queue.start() {
            guard let handle = takeHandle(for: job.request) else {
                queue.finish(lane: job.lane)
                job.finish(.failure(HTTPError(.connection, "libcurl has no memory for another request")))
                continue
            }
            do {
                let transfer = try Transfer(job, on: handle, configuration: configuration)
                active[job.id] = transfer
                curl_multi_add_handle(multi, handle.pointer)
            } catch {
                queue.finish(lane: job.lane)
                handle.reset()
                idle.append(handle)
                job.finish(.failure(error))
            }
        }
    }

    /// The handle that did the same last; else a new one or, where there are enough, the one that rested longest.
    ///
    /// A few more than work at once, so that a request that never comes again, as the answer to an invocation, takes none from those that
    /// do.
    private func takeHandle(for request: HTTPRequest) -> EasyHandle? {
        let purpose = EasyHandle.Purpose(request)
        if let index = idle.lastIndex(where: { $0.purpose == purpose }) { return idle.remove(at: index) }
        return idle.count < Self.spareHandles ? EasyHandle() : idle.removeFirst()
    }

    /// Lets libcurl work and collects what ended; the number of those, since each leaves a place for one that waits.
    private func performAndReap() -> Int {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var ended = 0
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            var context: UnsafeMutablePointer<CChar>?
            ccurl_get_private(handle, &context)
            guard let transfer = Transfer.from(context.map { UnsafeMutableRawPointer($0) }) else { continue }
            let outcome = transfer.outcome(code)
            release(transfer, isBroken: code != CURLE_OK)
            transfer.job.finish(outcome)
            ended += 1
        }
        return ended
    }

    /// Gives back the place and the handle of a transfer that is over; `isBroken` where it did not come to its end.
    private func release(_ transfer: Transfer, isBroken: Bool = true) {
        inbox.count(connectionsOpened: transfer.connectionsOpened)
        curl_multi_remove_handle(multi, transfer.handle.pointer)
        active[transfer.job.id] = nil
        queue.finish(lane: transfer.job.lane)
        transfer.handle.finish(transfer.job.request, isBroken: isBroken)
        idle.append(transfer.handle)
    }

    private func millisecondsToWait() -> Int {
        var next = nextWaitingDue
        for transfer in active.values {
            if let due = transfer.job.due { next = min(next ?? due, due) }
        }
        guard let next else { return 60_000 }
        return min(60_000, max(0, ContinuousClock.now.duration(to: next).milliseconds))
    }

    private func close() {
        // After this no one rings the bell of a handle that is gone.
        inbox.hang(nil)
        for transfer in active.values {
            release(transfer)
            transfer.job.finishCancelled()
        }
        queue.remove { _ in true }.forEach { $0.finishCancelled() }
        idle.removeAll()
        curl_multi_cleanup(multi)
    }
}
