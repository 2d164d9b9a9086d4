/// HTTP over libcurl, for any number of tasks: one thread drives all exchanges and keeps their connections for the next.
///
/// Making one costs nothing. The thread, libcurl and its TLS library start with the first request, because a Lambda that
/// is only being initialised is billed for none of them.
public final class CurlTransport: HTTPTransport {
    let inbox: TransferInbox
    private let configuration: CurlConfiguration

    /// A transport of that configuration.
    public init(configuration: CurlConfiguration = CurlConfiguration()) {
        self.configuration = configuration
        inbox = TransferInbox()
    }

    deinit {
        inbox.stop()
    }

    /// Sends one request and reads its response to the end.
    ///
    /// - Throws: ``HTTPError``; ``HTTPError/Code/cancelled`` as soon as the calling task is cancelled.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let due = request.deadline.map { ContinuousClock.now.advanced(by: $0) }
        let id = inbox.newID()
        let mark = CancellationMark()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let job = TransferJob(id: id, request: request, lane: request.origin, due: due, waiter: waiter)
                startIfNeeded(inbox.submit(job, unless: mark))
            }
        } onCancel: {
            mark.set()
            inbox.cancel(id)
        }
        return try result.get()
    }

    func startIfNeeded(_ isNeeded: Bool) {
        if isNeeded { CurlDriver.start(serving: inbox, configuration: configuration) }
    }

    /// How many requests were sent and how many connections were opened for them since the start.
    public var statistics: CurlStatistics { inbox.statistics }
}

/// What a transport has done so far.
public struct CurlStatistics: Sendable, Hashable {
    /// The exchanges that came to an end, good or bad.
    public var exchanges = 0
    /// The connections opened; the fewer, the better they are being reused.
    public var connectionsOpened = 0
}
