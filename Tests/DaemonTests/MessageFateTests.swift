import AutoTagger
import CloudTrail
import EventSources
import Foundation
import JSON
import Testing

@testable import Daemon

/// Only what is done is forgotten; what passes is waited for; what stays is left to the dead-letter queue.
@Suite struct MessageFateTests {
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)
    private static let passing = Failure(code: "Throttling", message: "slower", isTransient: true, kind: .service)
    private static let staying = Failure(code: "InvalidParameter", message: "no", isTransient: false, kind: .service)

    private static func report(_ outcome: Outcome, _ failure: Failure? = nil, due: TimeInterval? = nil) -> EventReport {
        var report = EventReport(of: CloudTrailEvent(record: ["eventID": "e"]), outcome: outcome)
        report.error = failure
        report.dueAt = due.map { now.addingTimeInterval($0) }
        return report
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reports: [EventReport]
        var rejections: [EnvelopeError.Code] = []
        var receiveCount = 1
        var isInterrupted = false
        let fate: MessageFate

        init(
            _ description: String, _ reports: [EventReport], rejecting: [EnvelopeError.Code] = [], receives: Int = 1,
            isInterrupted: Bool = false, _ fate: MessageFate
        ) {
            (testDescription, self.reports, rejections, receiveCount, self.isInterrupted, self.fate) =
                (description, reports, rejecting, receives, isInterrupted, fate)
        }
    }

    private static let cases = [
        Case("all done", [report(.tagged), report(.skipped), report(.duplicate), report(.unchanged)], .done),
        Case("nothing in it", [], .done),
        Case("held by another until then", [report(.tagged), report(.deferred, due: 90)], .again(after: .seconds(91))),
        Case("already due", [report(.deferred, due: -10)], .again(after: .seconds(1))),
        Case("not there yet", [report(.deferred)], .again(after: .seconds(30 * 0.75))),
        Case("failed, and may pass", [report(.failed, passing)], .again(after: .seconds(30 * 0.75))),
        Case("failed the third time", [report(.failed, passing)], receives: 3, .again(after: .seconds(120 * 0.75))),
        Case("failed for ever so long", [report(.failed, passing)], receives: 99, .again(after: .seconds(900 * 0.75))),
        Case("failed for good", [report(.tagged), report(.failed, staying)], .left),
        Case(
            "one stays, another passes", [report(.failed, staying), report(.failed, passing)],
            .again(after: .seconds(30 * 0.75))),
        Case("no CloudTrail", [], rejecting: [.notCloudTrail], .left),
        Case("an event and something else", [report(.tagged)], rejecting: [.notJSON], .left),
        Case("no redrive policy takes it", [], rejecting: [.notJSON], receives: 11, .again(after: .seconds(3600))),
        Case("a log file that is gone", [], rejecting: [.logFileGone], .done),
        Case("a log file that was not fetched", [], rejecting: [.logFileUnread], .again(after: .seconds(30 * 0.75))),
        Case("cut short", [report(.tagged), report(.failed, staying)], isInterrupted: true, .interrupted),
        Case("cut short amid a fetch", [], rejecting: [.logFileUnread], isInterrupted: true, .interrupted),
        Case("cut short when all was done", [report(.tagged)], isInterrupted: true, .done),
    ]

    @Test(arguments: cases) func isDecided(by one: Case) {
        let message = OpenedMessage(
            held: HeldMessage(
                id: 1, queue: 0,
                message: QueueMessage(id: "m", receipt: "r", body: "", receiveCount: one.receiveCount)),
            events: one.reports.map { _ in CloudTrailEvent(record: ["eventID": "e"]) },
            rejections: one.rejections.map { EnvelopeError($0, "why") })
        let fate = message.fate(
            one.reports, by: RetrySchedule(), now: Self.now, isInterrupted: one.isInterrupted, random: 0)
        #expect(fate == one.fate)
    }

    @Test func eventsThatWereNeverBegunAreInterruptedToo() {
        let message = OpenedMessage(
            held: HeldMessage(id: 1, queue: 0, message: QueueMessage(id: "m", receipt: "r", body: "")),
            events: [CloudTrailEvent(record: [:])])
        #expect(
            message.fate([], by: RetrySchedule(), now: Self.now, isInterrupted: true, random: 0) == .interrupted)
    }

    @Test func fiveDeliveriesSpanAQuarterOfAnHour() {
        let schedule = RetrySchedule()
        let pauses = (1...5).map { schedule.delay(receiveCount: $0, random: 0.5) }
        #expect(pauses == [.seconds(30), .seconds(60), .seconds(120), .seconds(240), .seconds(480)])
    }
}
