internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Foundation

/// A message and what was found in it.
struct OpenedMessage: Sendable {
    let held: HeldMessage
    /// Its events, in order.
    var events: [CloudTrailEvent] = []
    /// Why there is no event where one was expected.
    var rejections: [EnvelopeError] = []

    /// What shall become of the message, given what became of its events.
    ///
    /// Only when every event is done may the queue forget it; what passes is waited for; what stays is left to the
    /// dead-letter queue, from which a person can send it again once the cause is mended.
    func fate(
        _ reports: [EventReport], by schedule: RetrySchedule, now: Date, isInterrupted: Bool, random: Double
    ) -> MessageFate {
        let open = reports.filter { !$0.outcome.isDone }
        if isInterrupted, !open.isEmpty || reports.count < events.count || rejections.contains(where: \.mayPass) {
            return .interrupted
        }
        var delays = open.filter { $0.outcome == .deferred || $0.mayPass }.map {
            schedule.delay(of: $0, receiveCount: held.message.receiveCount, now: now, random: random)
        }
        if rejections.contains(where: \.mayPass) {
            delays.append(schedule.delay(receiveCount: held.message.receiveCount, random: random))
        }
        if let soonest = delays.min() { return .again(after: soonest) }
        if open.isEmpty, rejections.allSatisfy(\.code.isNothingToDo) { return .done }
        return held.message.receiveCount > schedule.patience ? .again(after: schedule.hopeless) : .left
    }
}

extension EnvelopeError {
    /// Whether the same message may be read later: a log file that could not be fetched, or may not be read yet.
    fileprivate var mayPass: Bool { code == .logFileUnread || code == .logFileDenied }
}
