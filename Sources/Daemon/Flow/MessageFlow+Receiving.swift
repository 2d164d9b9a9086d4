internal import EventSources

/// Who asks which queue when, and what comes in.
extension MessageFlow {
    /// Whether there is room for another batch of messages.
    private var room: Int { limits.inFlight - holdings.count - asking.values.reduce(0, +) }

    mutating func ask(_ receiver: Receiver, _ now: Duration) -> [FlowAction] {
        guard !isStopping else { return [] }
        if pausedUntil > now { return [.rest(receiver, pausedUntil - now)] }
        let wanted = min(room, SQSQueue.batchSize)
        // Small bites cost as many calls as large ones: wait until there is room for a whole batch.
        guard wanted == min(SQSQueue.batchSize, limits.inFlight) else {
            parked.append(receiver)
            return []
        }
        asking[receiver] = wanted
        return [.receive(receiver, maximum: wanted)]
    }

    mutating func unpark(_ now: Duration) -> [FlowAction] {
        var actions: [FlowAction] = []
        while !isStopping, !parked.isEmpty, room >= min(SQSQueue.batchSize, limits.inFlight) {
            actions += ask(parked.removeFirst(), now)
        }
        return actions
    }

    mutating func take(_ messages: [QueueMessage], _ receiver: Receiver, _ now: Duration) -> [FlowAction] {
        asking[receiver] = nil
        _ = queueBackoff[receiver.queue].succeed()
        let taken = messages.map { message in
            lastID += 1
            return HeldMessage(id: lastID, queue: receiver.queue, message: message)
        }
        for held in taken {
            holdings[held.id] = Holding(held: held, stage: .waiting, hiddenUntil: now + limits.visibility)
        }
        guard !isStopping else { return release(taken) }
        waiting += taken.map(\.id)
        // An empty queue is asked by one receiver only; as soon as it has something the others wake up.
        if messages.isEmpty {
            guard receiver.number == 0 else {
                asleep.insert(receiver)
                return []
            }
            return ask(receiver, now)
        }
        let woken = asleep.filter { $0.queue == receiver.queue }.sorted { $0.number < $1.number }
        asleep.subtract(woken)
        return ([receiver] + woken).flatMap { ask($0, now) }
    }

    /// With no way to AWS every further event would fail in vain, and count against its message's receives.
    mutating func noteOutage(_ isOutage: Bool, _ fates: [MessageFate], _ now: Duration) {
        if isOutage {
            guard pausedUntil <= now else { return }
            pausedUntil = now + outage.fail(random: random())
        } else if fates.contains(.done) {
            _ = outage.succeed()
        }
    }
}
