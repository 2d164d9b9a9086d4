import AWSClient
import EventSources

@testable import Daemon

/// A queue, its readers and their time, played by the calendar: hours take no time, and nothing is left to chance.
///
/// The queue is SQS's promise and no more: a message is hidden for as long as was asked, then anybody may have it. Each reader
/// is a ``MessageFlow`` whose actions come true after a while; what its work comes to is the test's to say.
struct Simulation {
    /// One message in the queue.
    struct Stored {
        let message: QueueMessage
        var hiddenUntil = Duration.zero
        var receipt = 0
        var deliveries = 0
    }

    /// When which reader is told what.
    private struct Appointment {
        let at: Duration
        let reader: Int
        let event: FlowEvent
    }

    /// What working on a message takes and comes to, by its id and the number of its delivery.
    var work: (_ id: String, _ delivery: Int) -> (time: Duration, fate: MessageFate) = { _, _ in (.seconds(1), .done) }
    /// Whether the queue answers at an instant.
    var isUp: (Duration) -> Bool = { _ in true }
    /// Whether anything but the queue can be reached at an instant; while not, all work fails and is put off.
    var isReached: (Duration) -> Bool = { _ in true }
    /// How long a call to the queue takes.
    var latency = Duration.milliseconds(20)

    private(set) var now = Duration.zero
    private(set) var stored: [String: Stored] = [:]
    /// What was worked on to its end, and how often.
    private(set) var worked: [String: Int] = [:]
    private(set) var receives = 0
    /// The most messages that a reader held.
    private(set) var mostHeld = 0
    private(set) var finishedAt: [Int: Duration] = [:]
    private var readers: [MessageFlow?] = []
    private var calendar: [Appointment] = []
    /// Work that is interrupted ends at once instead of when it would have.
    private var underWork: [Int: [Int: [HeldMessage]]] = [:]

    init(messages: Int, readers: Int = 1, limits: FlowLimits = FlowLimits()) {
        for number in 0..<messages {
            let id = "m\(number)"
            stored[id] = Stored(message: QueueMessage(id: id, receipt: "", body: id))
        }
        for reader in 0..<readers {
            self.readers.append(MessageFlow(queues: 1, limits: limits, random: { 0.5 }))
            calendar.append(Appointment(at: .zero, reader: reader, event: .started))
        }
    }

    /// What one reader holds.
    func held(by reader: Int) -> Int { readers[reader]?.holdings.count ?? 0 }

    /// Tells a reader something at an instant, such as to stop.
    mutating func tell(_ reader: Int, _ event: FlowEvent, at: Duration) {
        calendar.append(Appointment(at: at, reader: reader, event: event))
    }

    /// Ends a reader without a word, as SIGKILL does, and starts it anew.
    mutating func kill(_ reader: Int) {
        guard let limits = readers[reader]?.limits else { return }
        readers[reader] = MessageFlow(queues: 1, limits: limits, random: { 0.5 })
        calendar.removeAll { $0.reader == reader }
        underWork[reader] = nil
        calendar.append(Appointment(at: now, reader: reader, event: .started))
    }

    /// Lets time pass until nothing more happens before `end`.
    mutating func run(until end: Duration) {
        while let place = calendar.indices.min(by: { calendar[$0].at < calendar[$1].at }), calendar[place].at <= end {
            let next = calendar.remove(at: place)
            now = max(now, next.at)
            var event = next.event
            if case .worked(let group, let fates, _) = event {
                guard let messages = underWork[next.reader]?.removeValue(forKey: group) else { continue }
                for (held, fate) in zip(messages, fates) where fate == .done {
                    worked[held.message.id, default: 0] += 1
                }
            }
            // Long polls are answered with what is there when they end.
            if case .received(let receiver, _) = event { event = answer(receiver) }
            guard let actions = readers[next.reader]?.handle(event, at: now) else { continue }
            mostHeld = max(mostHeld, held(by: next.reader))
            for action in actions { perform(action, next.reader) }
        }
        now = max(now, end)
    }

    private mutating func perform(_ action: FlowAction, _ reader: Int) {
        switch action {
        case .receive(let receiver, _):
            receives += 1
            let isThere = stored.values.contains { $0.hiddenUntil <= now + latency }
            let wakes = stored.values.map(\.hiddenUntil).filter { $0 > now }.min() ?? now + .seconds(20)
            let wait = isThere || !isUp(now) ? latency : min(.seconds(20), wakes - now + latency)
            meet(reader, .received(receiver, []), wait)
        case .work(let group, let messages):
            underWork[reader, default: [:]][group] = messages
            guard isReached(now) else {
                let schedule = RetrySchedule()
                let fates = messages.map {
                    MessageFate.again(after: schedule.delay(receiveCount: $0.message.receiveCount, random: 0.5))
                }
                return meet(reader, .worked(group: group, fates, isOutage: true), .seconds(1))
            }
            let outcomes = messages.map { work($0.message.id, stored[$0.message.id]?.deliveries ?? 0) }
            meet(
                reader, .worked(group: group, outcomes.map(\.fate), isOutage: false),
                outcomes.map(\.time).max() ?? .zero)
        case .delete(let messages):
            guard isUp(now) else { return meet(reader, .deleted(messages, failed: Set(messages)), latency) }
            for held in messages { stored[held.message.id] = nil }
            meet(reader, .deleted(messages, failed: []), latency)
        case .hide(let messages, let times, let purpose):
            var lost: Set<HeldMessage> = []
            for (held, time) in zip(messages, times) {
                guard isUp(now), let one = stored[held.message.id], "\(one.receipt)" == held.message.receipt else {
                    lost.insert(held)
                    continue
                }
                stored[held.message.id]?.hiddenUntil = now + time
            }
            meet(reader, .hidden(messages, purpose, failed: lost, lost: isUp(now) ? lost : []), latency)
        case .wait(let time, let event): meet(reader, event, time)
        case .rest(let receiver, let time): meet(reader, .rested(receiver), time)
        case .endReceives:
            for place in calendar.indices where calendar[place].reader == reader {
                guard case .received(let receiver, _) = calendar[place].event else { continue }
                calendar[place] = Appointment(
                    at: now, reader: reader,
                    event: .receiveFailed(receiver, .init(code: "cancelled", message: "", kind: .cancelled)))
            }
        case .interruptWork:
            for (group, messages) in underWork[reader] ?? [:] {
                meet(reader, .worked(group: group, messages.map { _ in .interrupted }, isOutage: false), .zero)
            }
        case .finish:
            finishedAt[reader] = now
            readers[reader] = nil
        }
    }

    private mutating func meet(_ reader: Int, _ event: FlowEvent, _ after: Duration) {
        calendar.append(Appointment(at: now + after, reader: reader, event: event))
    }

    private mutating func answer(_ receiver: Receiver) -> FlowEvent {
        guard isUp(now) else {
            return .receiveFailed(receiver, .init(code: "timedOut", message: "", kind: .transport))
        }
        var messages: [QueueMessage] = []
        for (id, one) in stored.sorted(by: { $0.key < $1.key }) where one.hiddenUntil <= now && messages.count < 10 {
            stored[id]?.receipt += 1
            stored[id]?.deliveries += 1
            stored[id]?.hiddenUntil = now + (readers.compactMap { $0 }.first?.limits.visibility ?? .zero)
            messages.append(
                QueueMessage(id: id, receipt: "\(one.receipt + 1)", body: id, receiveCount: one.deliveries + 1))
        }
        return .received(receiver, messages)
    }
}
