internal import AutoTagger
internal import Foundation

extension DynamoDBLedger {
    /// One event's part of a group: what is decided about it, given what the ledger knows of it.
    struct Change<Answer: Sendable> {
        let key: EventKey
        /// Answers, and changes the event or begins it where there is none. Asked again when somebody else wrote first.
        let decide: (inout EventEntry?) -> Answer
    }

    /// What the ledger goes by before it has read anything.
    enum Assumption {
        /// That the events are new, as nearly all are that are claimed.
        case absent
        /// That what was granted here is as it was written then.
        case asGranted
        /// Nothing: every event is read.
        case none
    }

    /// What is known of an event, and whether that is only assumed.
    private struct Sight {
        var entry: EventEntry?
        var isAssumed = false
    }

    /// The most rounds in which others may write first.
    private static let patience = 12

    /// Decides about each event of a group and writes what follows, each in one atomic step.
    ///
    /// A decision counts when its write was accepted, or when it changes nothing and was made on what was read from the table.
    /// Of several changes of one event the later ones see the earlier ones.
    func apply<Answer>(_ changes: [Change<Answer>], _ assumption: Assumption) async throws(LedgerError) -> [Answer] {
        var answers: [Int: Answer] = [:]
        var sights = sights(of: changes.map(\.key), assumption)
        var fruitless = 0
        while answers.count < changes.count {
            var keys: Set<EventKey> = []
            let round = changes.indices.filter { answers[$0] == nil && keys.insert(changes[$0].key).inserted }
            let unread = round.map { changes[$0].key }.filter { sights[$0] == nil }
            let read = try await entries(unread)
            for key in unread { sights[key] = Sight(entry: read[key]) }
            let before = answers.count
            var drafts: [(index: Int, draft: Draft, answer: Answer)] = []
            for index in round {
                let key = changes[index].key
                guard let sight = sights[key] else { continue }
                var entry = sight.entry
                let answer = changes[index].decide(&entry)
                if let entry, entry != sight.entry {
                    drafts.append((index, Draft(from: sight.entry, to: entry), answer))
                } else if sight.isAssumed {
                    // Nothing to write, and so nothing that would prove the assumption.
                    sights[key] = nil
                } else {
                    answers[index] = answer
                }
            }
            let written = try await write(drafts.map(\.draft))
            for (draft, entry) in zip(drafts, written) {
                sights[changes[draft.index].key] = entry.map { Sight(entry: $0) }
                if entry != nil { answers[draft.index] = draft.answer }
            }
            fruitless = answers.count == before ? fruitless + 1 : 0
            if fruitless > Self.patience { throw .contended(table) }
        }
        return changes.indices.compactMap { answers[$0] }
    }

    private func sights(of keys: [EventKey], _ assumption: Assumption) -> [EventKey: Sight] {
        var sights: [EventKey: Sight] = [:]
        for key in keys {
            switch assumption {
            case .absent: sights[key] = Sight(isAssumed: true)
            case .asGranted: sights[key] = granted[key].map { Sight(entry: $0, isAssumed: true) }
            case .none: break
            }
        }
        return sights
    }

    /// A decision on its way into the table.
    private struct Draft: Sendable {
        let before: EventEntry?
        var after: EventEntry

        init(from before: EventEntry?, to after: EventEntry) {
            self.before = before
            self.after = after
            self.after.version = (before?.version ?? 0) + 1
        }

        var changesResources: Bool { after.resources != before?.resources ?? [] }
    }

    /// Writes drafts side by side, what leads to them first; answers what now stands, and `nil` where somebody was faster.
    private func write(_ drafts: [Draft]) async throws(LedgerError) -> [EventEntry?] {
        guard !drafts.isEmpty else { return [] }
        var drafts = drafts
        var beside: [Item] = []
        var items: [(item: Item, version: Int64)] = []
        for index in drafts.indices {
            let key = EventEntry.itemKey(drafts[index].after.key)
            let expires = drafts[index].after.updatedAt.addingTimeInterval(retention)
            var text: String?
            if drafts[index].changesResources {
                let stored = StoredResources(drafts[index].after.resources, newToken: newToken)
                text = stored.text
                drafts[index].after.parts = stored.reference
                drafts[index].after.lostParts = 0
                let later = expires.addingTimeInterval(StoredResources.margin)
                beside += stored.items(beside: key, expires: later)
                beside += ResourceHint.hints(of: drafts[index].after).map { $0.item(expires: expires) }
            } else if drafts[index].after.parts == nil {
                text = StoredResources(drafts[index].after.resources, newToken: newToken).text
            }
            let item = drafts[index].after.item(expires: expires, resources: text)
            items.append((item, drafts[index].before?.version ?? 0))
        }
        if !beside.isEmpty { try await table.write(beside) }
        let accepted = try await table.concurrently(items) { [table] each throws(LedgerError) in
            try await table.put(each.item, expecting: each.version)
        }
        for (draft, isAccepted) in zip(drafts, accepted) { remember(draft, isAccepted) }
        return zip(drafts, accepted).map { $1 ? $0.after : nil }
    }

    /// Keeps what was granted until it is settled; when too much of that is never settled, all of it is read again.
    private func remember(_ draft: Draft, _ isAccepted: Bool) {
        let key = draft.after.key
        if isAccepted, draft.after.standing.state == .claimed {
            if granted.count >= 4096 { granted.removeAll(keepingCapacity: true) }
            granted[key] = draft.after
        } else if isAccepted || draft.before != nil {
            granted[key] = nil
        }
    }
}
