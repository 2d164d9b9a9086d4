internal import AutoTagger
internal import Foundation

/// A small item that leads from a resource's id or ARN to an event that tells of it.
///
/// Hints are written before the event is settled and the event has the last word: a hint that leads nowhere, left behind by a
/// settlement that was refused, is merely not believed. So a settlement stays one conditional write, not a transaction that
/// costs twice as much.
struct ResourceHint: Hashable, Sendable {
    /// What it is found by.
    let key: ItemKey
    /// The event's item.
    let event: ItemKey
    /// The event's place in time.
    let order: String

    /// The hints of an event: one a resource as a rule, since an ARN mostly ends with the id; else one each.
    static func hints(of entry: EventEntry) -> Set<ResourceHint> {
        let event = EventEntry.itemKey(entry.key)
        var hints: Set<ResourceHint> = []
        for standing in entry.resources {
            let report = standing.report
            for name in Set([report.id, name(ofARN: report.arn)]) where !name.isEmpty {
                hints.insert(
                    ResourceHint(
                        key: ItemKey(pk: partition(name), sk: prefix(report.arn) + entry.order),
                        event: event,
                        order: entry.order
                    )
                )
            }
        }
        return hints
    }

    private init(key: ItemKey, event: ItemKey, order: String) {
        self.key = key
        self.event = event
        self.order = order
    }

    init?(_ item: Item) {
        guard let key = item.key, let pk = item["eventPK"], let sk = item["eventSK"], let order = item["order"] else {
            return nil
        }
        self.init(key: key, event: ItemKey(pk: pk, sk: sk), order: order)
    }

    func item(expires: Date) -> Item {
        var item = Item(key: key)
        item["eventPK"] = event.pk
        item["eventSK"] = event.sk
        item["order"] = order
        item[number: "expires"] = Int64(expires.timeIntervalSince1970)
        return item
    }

    /// The partition of a resource's id, or of the end of its ARN.
    static func partition(_ name: String) -> String { "resource#" + KeyText.fitted(name, to: 1024) }

    /// The partition in which an ARN's hints lie.
    static func partition(ofARN arn: String) -> String { partition(name(ofARN: arn)) }

    /// What the sort keys of an ARN's hints begin with; the event's place in time follows.
    static func prefix(_ arn: String) -> String { KeyText.fitted(arn, to: 700) + "|" }

    /// A key must not be empty: an ARN that ends with a slash is found by all of it.
    private static func name(ofARN arn: String) -> String {
        let tail = ARNParts.tail(of: arn)
        return tail.isEmpty ? arn : tail
    }
}
