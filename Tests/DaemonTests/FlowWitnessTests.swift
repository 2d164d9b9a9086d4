import EventSources
import Locking
import Logging
import Metering
import Testing

@testable import Daemon

/// What is counted of messages and said about them.
@Suite struct FlowWitnessTests {
    @Test(
        "Only what the queue took is counted as put off, given back or renewed",
        arguments: [
            (.postponement, ["outcome=\"deferred\",queue=\"q\"} 3", "outcome=\"lost\",queue=\"q\"} 1"]),
            (.release, ["outcome=\"released\",queue=\"q\"} 3", "outcome=\"deferred\",queue=\"q\"} 0"]),
            (.heartbeat, ["result=\"extended\"} 3", "result=\"failed\"} 2"]),
        ] as [(Purpose, [String])])
    func countsWhatWasHidden(purpose: Purpose, lines: [String]) {
        let registry = MeterRegistry()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let metrics = DaemonMetrics(queues: ["q"], factory: registry)
        let witness = FlowWitness(
            queues: ["q"], status: Locked(DaemonStatus(queues: ["q"])), metrics: metrics,
            journal: WorkJournal(logger: logger, metrics: metrics, elapsed: { .zero }), logger: logger)
        let held = (1...5).map { HeldMessage(id: $0, queue: 0, message: .init(id: "m\($0)", receipt: "r", body: "")) }
        witness.saw(.hidden(held, purpose, failed: Set(held[...1]), lost: [held[0]]))
        let text = registry.prometheusText()
        for line in lines { #expect(text.contains(line), "\(line) in \(text)") }
    }
}
