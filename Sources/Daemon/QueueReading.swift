internal import AWSClient
internal import EventSources
internal import Logging
internal import ServiceLifecycle

/// Looks at the queues and then reads them, until the process is told to end: that may come while they are looked at, too.
struct QueueReading: Service {
    let loop: MessageLoop
    let healthAddress: HealthAddress?
    let logger: Logger

    /// Runs until the process is told to end.
    ///
    /// - Throws: ``DaemonError`` when a queue does not exist.
    func run() async throws {
        try await cancelWhenGracefulShutdown { try await look() }
        if Task.isShuttingDownGracefully || Task.isCancelled { return }
        logger.notice(
            "receiving",
            metadata: [
                "queues": "\(loop.queues.map(\.name).joined(separator: " "))",
                "health": "\(healthAddress?.description ?? "none")",
            ])
        try await loop.run()
    }

    /// Looks at each queue's set-up before the first message: what is wrong there loses events weeks later.
    private func look() async throws(DaemonError) {
        for queue in loop.queues where !Task.isCancelled {
            do throws(AWSError) {
                let setup = try await queue.setup()
                guard setup.maximumReceives == nil else { continue }
                logger.warning(
                    "the queue has no dead-letter queue: what can never be done comes back until its retention ends",
                    metadata: ["queue": "\(queue.name)"])
            } catch {
                if Task.isCancelled { return }
                if error.code.hasSuffix("NonExistentQueue") || error.code == "QueueDoesNotExist" {
                    throw DaemonError(
                        description: "there is no queue '\(queue.name)' at the address given: check --queue-url,"
                            + " and the region in it")
                }
                logger.warning(
                    "the queue's set-up cannot be looked at (sqs:GetQueueAttributes)",
                    metadata: ["queue": "\(queue.name)", "error": "\(error.description)"])
            }
        }
    }
}
