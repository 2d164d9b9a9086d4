internal import AutoTagger
internal import Foundation

/// When the queue shall hand a message out again whose events are not all done.
///
/// Every time counts against the queue's `maxReceiveCount`, so the pauses grow quickly: five deliveries span a quarter of
/// an hour, which outlasts eventual consistency, most launches and most throttling.
struct RetrySchedule: Sendable, Hashable {
    /// The first pause after something failed; it doubles with every further delivery.
    var first = Duration.seconds(30)
    /// The longest pause after something failed.
    var longest = Duration.seconds(900)
    /// What nothing but a person mends is left to the redrive policy. Where there is none it would come back for ever, so
    /// after more deliveries than any such policy allows it comes once in so long.
    var hopeless = Duration.seconds(3600)
    /// The deliveries that a redrive policy may sensibly allow.
    var patience = 10

    /// How long to wait for an event that is not done and may yet be.
    func delay(of report: EventReport, receiveCount: Int, now: Date, random: Double) -> Duration {
        if let due = report.dueAt {
            // A little later than due, so that clocks that differ do not cost a delivery.
            return .seconds(max(0, due.timeIntervalSince(now)) + 1 + random)
        }
        return delay(receiveCount: receiveCount, random: random)
    }

    /// How long to wait where nothing says when.
    func delay(receiveCount: Int, random: Double) -> Duration {
        let bound = min(first * (1 << min(max(0, receiveCount - 1), 16)), longest)
        return bound * (0.75 + random / 2)
    }
}
