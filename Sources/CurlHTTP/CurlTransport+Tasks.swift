/// Tasks on the transport's own thread.
///
/// A task that mostly waits for responses is woken where they arrive: no other thread is woken for it, and the next request goes
/// out in the same turn. That is a third of the processor time of a Lambda invocation, which has less than one processor
/// anyway. The thread lives as long as the transport, so whoever prefers it keeps the transport.
extension CurlTransport: TaskExecutor {
    /// Runs the next step of a task when the thread comes to it.
    public func enqueue(_ job: consuming ExecutorJob) {
        startIfNeeded(inbox.submit(TaskStep(job: UnownedJob(job), executor: asUnownedTaskExecutor())))
    }
}

/// A part of a task that runs without waiting.
struct TaskStep: Sendable {
    let job: UnownedJob
    let executor: UnownedTaskExecutor

    func run() { job.runSynchronously(on: executor) }

    /// Has the system's own threads run it.
    func runElsewhere() { globalConcurrentExecutor.enqueue(job) }
}
