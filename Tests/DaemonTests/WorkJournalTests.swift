import AutoTagger
import CloudTrail
import EventSources
import Locking
import Logging
import Metering
import Testing

@testable import Daemon

/// At which level the log tells of an event.
@Suite struct WorkJournalTests {
    private struct LineCollector: LogHandler {
        let lines: Locked<[String]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let notes = event.metadata?["notes"].map { " (\($0))" } ?? ""
            lines.withLock { $0.append("\(event.level) \(event.message)\(notes)") }
        }
    }

    @Test(
        arguments: [
            (.skipped, .noHandler, "debug event processed (a note)"),
            (.skipped, .readOnly, "debug event processed (a note)"),
            (.skipped, .regionNotAllowed, "info event processed (a note)"),
            (.tagged, nil, "info event processed (a note)"),
            (.deferred, nil, "info event put off (a note)"),
            (.failed, nil, "error event failed (a note)"),
        ] as [(Outcome, SkipReason?, String)])
    func eachAtItsLevel(outcome: Outcome, reason: SkipReason?, line: String) throws {
        let lines = Locked<[String]>([])
        let journal = WorkJournal(
            logger: Logger(label: "test") { _ in LineCollector(lines: lines) },
            metrics: DaemonMetrics(queues: ["q"], factory: MeterRegistry()), elapsed: { .zero })
        var report = EventReport(
            key: EventKey(accountID: "1", eventID: "e"),
            header: EventHeader(
                eventSource: "ec2.amazonaws.com", eventName: "RunInstances", region: "eu-west-1", eventTime: nil),
            outcome: outcome, reason: reason)
        report.notes = ["a note"]
        let held = HeldMessage(id: 1, queue: 0, message: QueueMessage(id: "m", receipt: "r", body: ""))
        journal.note(OpenedMessage(held: held), [report], .done)
        #expect(lines.withLock(\.self) == [line])
    }
}
