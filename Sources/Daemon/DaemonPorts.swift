public import AutoTagger
public import CloudTrail
public import CoreMetrics
public import EventSources
public import Foundation
public import Logging

/// What the daemon works with: all of it exchangeable.
public struct DaemonPorts: Sendable {
    /// The queues.
    public var queues: [any MessageQueue]
    /// Finds the events in a message's body; may fetch what the body only names.
    public var open: @Sendable (Data) async throws(EnvelopeError) -> [Envelope.Item]
    /// Does what a group of events calls for; one report an event, in order.
    public var process: @Sendable ([CloudTrailEvent]) async -> [EventReport]
    /// Where the work runs; `nil` for the system's threads.
    public var executor: (any TaskExecutor)?
    /// The clock that pauses and heartbeats go by.
    public var clock: any Clock<Duration>
    /// The present instant, for ages and for when events are due.
    public var now: @Sendable () -> Date
    /// Uniform in 0 up to 1, for the jitter of pauses.
    public var random: @Sendable () -> Double
    /// Where to say what happens.
    public var logger: Logger
    /// Takes what is counted.
    public var metrics: any MetricsFactory

    /// Ports with production's clocks.
    public init(
        queues: [any MessageQueue],
        open: @escaping @Sendable (Data) async throws(EnvelopeError) -> [Envelope.Item],
        process: @escaping @Sendable ([CloudTrailEvent]) async -> [EventReport],
        executor: (any TaskExecutor)? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        logger: Logger,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) {
        self.queues = queues
        self.open = open
        self.process = process
        self.executor = executor
        self.clock = clock
        self.now = now
        self.random = random
        self.logger = logger
        self.metrics = metrics
    }
}
