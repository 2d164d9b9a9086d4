internal import Synchronization

/// A request on its way to the transport's thread, with the task that waits for it.
struct TransferJob: Sendable {
    let id: UInt64
    let request: HTTPRequest
    /// The queue's lane: requests to one origin share connections, so they share a line.
    let lane: String
    let due: ContinuousClock.Instant?
    let waiter: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>

    func finish(_ result: Result<HTTPResponse, HTTPError>) {
        waiter.resume(returning: result)
    }

    func finishLate() {
        let limit = request.deadline.map { "\($0)" } ?? "its deadline"
        finish(.failure(HTTPError(.timeout, "\(request.method) \(request.origin) took longer than \(limit)")))
    }

    func finishCancelled() {
        finish(.failure(HTTPError(.cancelled, "\(request.method) \(request.origin) was cancelled")))
    }
}

/// Whether the task that sends a request has been cancelled; set at any time, on any thread.
final class CancellationMark: Sendable {
    private let mark = Atomic(false)

    var isSet: Bool { mark.load(ordering: .acquiring) }

    func set() { mark.store(true, ordering: .releasing) }
}
