internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Foundation

/// Takes a group of messages from their bodies to their fates.
struct MessageWorker: Sendable {
    /// Finds the events in a body; may fetch what the body only names.
    typealias Opener = @Sendable (Data) async throws(EnvelopeError) -> [Envelope.Item]

    /// Bodies opened at once: a notice of a log file is fetched and unpacked then, which takes memory.
    private static let openedAtOnce = 4
    /// Events that share a claim: a log file holds thousands, and one that is slow should hold up few.
    private static let eventsAtOnce = 128

    let open: Opener
    let process: @Sendable ([CloudTrailEvent]) async -> [EventReport]
    let schedule: RetrySchedule
    let now: @Sendable () -> Date
    let random: @Sendable () -> Double
    let journal: WorkJournal

    /// The fates of messages, in order, and whether AWS was out of reach for all that was tried.
    func work(_ messages: [HeldMessage]) async -> (fates: [MessageFate], isOutage: Bool) {
        let opened = await openAll(messages)
        let events = opened.flatMap(\.events)
        var reports: [EventReport] = []
        reports.reserveCapacity(events.count)
        for start in stride(from: 0, to: events.count, by: Self.eventsAtOnce) where !Task.isCancelled {
            reports += await process(Array(events[start..<min(start + Self.eventsAtOnce, events.count)]))
        }
        let isInterrupted = Task.isCancelled
        var rest = reports[...]
        var fates: [MessageFate] = []
        for message in opened {
            let own = Array(rest.prefix(message.events.count))
            rest = rest.dropFirst(own.count)
            let fate = message.fate(own, by: schedule, now: now(), isInterrupted: isInterrupted, random: random())
            journal.note(message, own, fate)
            fates.append(fate)
        }
        return (fates, !isInterrupted && Self.isOutage(reports))
    }

    private func openAll(_ messages: [HeldMessage]) async -> [OpenedMessage] {
        await withTaskGroup(of: (Int, OpenedMessage).self) { group in
            var opened = messages.map { OpenedMessage(held: $0) }
            var unopened = Array(messages.enumerated())[...]
            func openNext() {
                guard let (place, held) = unopened.popFirst() else { return }
                group.addTask { (place, await opening(held)) }
            }
            for _ in 0..<Self.openedAtOnce { openNext() }
            while let (place, message) = await group.next() {
                opened[place] = message
                openNext()
            }
            return opened
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

    /// Whether nothing could be done because AWS was not reached or let nobody in.
    private static func isOutage(_ reports: [EventReport]) -> Bool {
        let failed = reports.filter { $0.outcome == .failed }
        return !failed.isEmpty && failed.count == reports.count { $0.outcome != .skipped && $0.outcome != .duplicate }
            && failed.allSatisfy { report in
                report.cause?.kind == .unreachable || report.cause?.code.hasPrefix("credentials") == true
            }
    }
}
