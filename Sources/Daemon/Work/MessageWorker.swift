internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Foundation

/// Takes a group of messages from their bodies to their fates.
struct MessageWorker: Sendable {
    /// Finds the events in a body; may fetch what the body only names.
    typealias Opener = @Sendable (Data) async throws(EnvelopeError) -> [Envelope.Item]

    /// Events that share a claim: a log file holds thousands, and one that is slow should hold up few.
    private static let eventsAtOnce = 128

    let open: Opener
    let process: @Sendable ([CloudTrailEvent]) async -> [EventReport]
    let schedule: RetrySchedule
    let now: @Sendable () -> Date
    let random: @Sendable () -> Double
    let journal: WorkJournal

    /// The fates of messages, in order, and whether AWS, or a ledger that must not be missing, was out of reach for all that was tried.
    ///
    /// No more is opened than is about to be worked on: a message may name a log file of thousands of events, and a group
    /// of such messages would hold all of them.
    func work(_ messages: [HeldMessage]) async -> (fates: [MessageFate], isOutage: Bool) {
        var fates: [MessageFate] = []
        var tally = OutageTally()
        var unopened = messages[...]
        while !unopened.isEmpty, !Task.isCancelled {
            let opened = await openNext(&unopened)
            let reports = await reports(on: opened.flatMap(\.events))
            tally.add(reports)
            fates += conclude(opened, reports)
        }
        fates += unopened.map { _ in .interrupted }
        return (fates, !Task.isCancelled && tally.isOutage)
    }

    /// Opens messages in order until they hold enough events to share a claim.
    private func openNext(_ unopened: inout ArraySlice<HeldMessage>) async -> [OpenedMessage] {
        var opened: [OpenedMessage] = []
        var events = 0
        while events < Self.eventsAtOnce, !Task.isCancelled, let held = unopened.popFirst() {
            let message = await opening(held)
            events += message.events.count
            opened.append(message)
        }
        return opened
    }

    /// The reports about events, in order; those that the end cut off are missing.
    private func reports(on events: [CloudTrailEvent]) async -> [EventReport] {
        var reports: [EventReport] = []
        reports.reserveCapacity(events.count)
        for start in stride(from: 0, to: events.count, by: Self.eventsAtOnce) where !Task.isCancelled {
            reports += await process(Array(events[start..<min(start + Self.eventsAtOnce, events.count)]))
        }
        return reports
    }

    private func conclude(_ opened: [OpenedMessage], _ reports: [EventReport]) -> [MessageFate] {
        let isInterrupted = Task.isCancelled
        var rest = reports[...]
        return opened.map { message in
            let own = Array(rest.prefix(message.events.count))
            rest = rest.dropFirst(own.count)
            let fate = message.fate(own, by: schedule, now: now(), isInterrupted: isInterrupted, random: random())
            journal.note(message, own, fate)
            return fate
        }
    }

    private func opening(_ held: HeldMessage) async -> OpenedMessage {
        var opened = OpenedMessage(held: held)
        do throws(EnvelopeError) {
            for item in try await open(Data(held.message.body.utf8)) {
                switch item.content {
                case .success(let event): opened.events.append(event)
                case .failure(let rejection): opened.rejections.append(rejection)
                }
            }
        } catch {
            opened.rejections.append(error)
        }
        return opened
    }
}

/// Tells whether nothing could be done because AWS or the ledger was not reached or let nobody in.
private struct OutageTally {
    private var tried = 0
    private var outages = 0

    mutating func add(_ reports: [EventReport]) {
        tried += reports.count { $0.outcome != .skipped && $0.outcome != .duplicate }
        outages += reports.count { $0.isOutOfReach || $0.lacksLedger }
    }

    var isOutage: Bool { outages > 0 && outages == tried }
}
