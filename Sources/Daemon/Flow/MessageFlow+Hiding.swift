internal import EventSources

/// For how long messages stay hidden from others.
extension MessageFlow {
    mutating func settle(
        _ messages: [HeldMessage], _ purpose: Purpose, failed: Set<HeldMessage>, lost: Set<HeldMessage>, _ now: Duration
    ) {
        for held in messages {
            switch purpose {
            // What could not be hidden comes back by itself when its time is over.
            case .postponement, .release: holdings[held.id] = nil
            // Others have it: deleting it again would be in vain.
            case .heartbeat where lost.contains(held):
                if holdings[held.id]?.stage == .undeleted {
                    holdings[held.id] = nil
                } else {
                    holdings[held.id]?.isLost = true
                }
            case .heartbeat where !failed.contains(held):
                holdings[held.id]?.hiddenUntil = now + limits.visibility
            case .heartbeat: break
            }
        }
    }

    /// Renews what half of its time is over for, and deletes again what was not deleted.
    ///
    /// What is put off or given back is left alone: a heartbeat that overtakes it would hide it for longer than was meant.
    mutating func beat(_ now: Duration) -> [FlowAction] {
        let held = holdings.values.filter { !$0.isLost }.sorted { $0.held.id < $1.held.id }
        let due = held.filter { $0.stage != .leaving && $0.hiddenUntil - now <= limits.visibility / 2 }
        return hide(due.map { ($0.held, limits.visibility) }, .heartbeat) + deleteAgain()
            + [.wait(limits.beat, then: .tick)]
    }

    mutating func deleteAgain() -> [FlowAction] {
        let undeleted = holdings.values.filter { $0.stage == .undeleted }.map(\.held).sorted { $0.id < $1.id }
        for held in undeleted { holdings[held.id]?.stage = .deleting }
        return batches(undeleted).map { .delete($0) }
    }

    func release(_ messages: [HeldMessage]) -> [FlowAction] {
        hide(messages.map { ($0, .zero) }, .release)
    }

    func hide(_ messages: [(HeldMessage, Duration)], _ purpose: Purpose) -> [FlowAction] {
        let times = Dictionary(messages.map { ($0.0.id, $0.1) }, uniquingKeysWith: { $1 })
        return batches(messages.map(\.0)).map { batch in .hide(batch, batch.map { times[$0.id] ?? .zero }, purpose) }
    }

    func batches(_ messages: [HeldMessage]) -> [[HeldMessage]] {
        (0..<queues).flatMap { queue in
            let own = messages.filter { $0.queue == queue }
            return stride(from: 0, to: own.count, by: SQSQueue.batchSize).map {
                Array(own[$0..<min($0 + SQSQueue.batchSize, own.count)])
            }
        }
    }
}
