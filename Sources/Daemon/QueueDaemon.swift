internal import EventSources
internal import Foundation
internal import Locking
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Reads queues until it is told to end: receives, works, deletes what is done and puts off what is not.
///
/// What is done about every message is in `docs/daemon.md`; the decisions are in ``MessageFlow`` and ``MessageFate``.
public struct QueueDaemon: Sendable {
    private let ports: DaemonPorts
    private let options: DaemonOptions
    private let healthAddress: HealthAddress?
    private let metricsText: @Sendable () -> String

    /// A daemon; without a health address it answers no questions. `metricsText` is what `/metrics` answers.
    public init(
        ports: DaemonPorts, options: DaemonOptions = DaemonOptions(), healthAddress: HealthAddress?,
        metricsText: @escaping @Sendable () -> String
    ) {
        self.ports = ports
        self.options = options
        self.healthAddress = healthAddress
        self.metricsText = metricsText
    }

    /// Runs until SIGTERM or SIGINT; then ends within ten seconds, with nothing lost.
    ///
    /// - Throws: ``DaemonError`` when a queue does not exist or the health address cannot be had.
    public func run() async throws {
        let names = ports.queues.map(\.name)
        let elapsed = ports.clock.stopwatch()
        let status = Locked(DaemonStatus(queues: names))
        let metrics = DaemonMetrics(queues: names, factory: ports.metrics)
        let journal = WorkJournal(logger: ports.logger, metrics: metrics, elapsed: elapsed)
        let loop = MessageLoop(
            queues: ports.queues, limits: options.limits,
            worker: MessageWorker(
                open: ports.open, process: ports.process, schedule: options.schedule, now: ports.now,
                random: ports.random, journal: journal),
            executor: ports.executor, clock: ports.clock, elapsed: elapsed, random: ports.random, status: status,
            witness: FlowWitness(
                queues: names, status: status, metrics: metrics, journal: journal, logger: ports.logger))
        var services: [any Service] = [
            QueueReading(loop: loop, healthAddress: healthAddress, logger: ports.logger)
        ]
        if let healthAddress {
            let desk = HealthDesk(
                status: status, metrics: metrics, beat: options.limits.beat, elapsed: elapsed, now: ports.now,
                metricsText: metricsText)
            // First, since services end in the reverse order: it answers until the messages are given back.
            services.insert(HealthServer(address: healthAddress, answer: desk.answer), at: 0)
        }
        // Its own lines about services that start and end are nobody's concern.
        var quiet = ports.logger
        quiet.logLevel = max(.warning, quiet.logLevel)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        try await group.run()
        ports.logger.notice("ended")
    }
}
