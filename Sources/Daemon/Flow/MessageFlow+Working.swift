internal import EventSources

/// What is under work, and what its end means for messages.
extension MessageFlow {
    mutating func startGroups() -> [FlowAction] {
        var actions: [FlowAction] = []
        while !isStopping, !waiting.isEmpty, groups.count < limits.groups {
            let ids = Array(waiting.prefix(limits.groupSize))
            waiting.removeFirst(ids.count)
            lastGroup += 1
            groups[lastGroup] = ids
            for id in ids { holdings[id]?.stage = .working }
            actions.append(.work(group: lastGroup, ids.compactMap { holdings[$0]?.held }))
        }
        return actions
    }

    mutating func conclude(_ group: Int, _ fates: [MessageFate], _ now: Duration) -> [FlowAction] {
        var done: [HeldMessage] = []
        var again: [(HeldMessage, Duration)] = []
        var interrupted: [HeldMessage] = []
        for (id, fate) in zip(groups.removeValue(forKey: group) ?? [], fates) {
            guard let held = holdings[id]?.held else { continue }
            holdings[id]?.stage = fate == .done ? .deleting : .leaving
            switch fate {
            case .done: done.append(held)
            case .again(let delay): again.append((held, delay))
            case .interrupted: interrupted.append(held)
            case .left: holdings[id] = nil
            }
        }
        return batches(done).map { .delete($0) } + hide(again, .postponement) + release(interrupted)
    }

    mutating func mayDeleteAgain(_ held: HeldMessage) -> Bool {
        guard var holding = holdings[held.id], !isStopping, !holding.isLost else { return false }
        holding.deletions += 1
        holding.stage = .undeleted
        holdings[held.id] = holding
        return holding.deletions < limits.deletions
    }
}
