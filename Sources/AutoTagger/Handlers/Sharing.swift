public import JSON

/// How a call that asks EC2 for things by a filter over their ids is asked for several events at once.
///
/// A burst of launches would otherwise ask once for each, and AWS counts requests, not ids. A filter names no id that does not
/// exist as an error, so that one event's ids cost the others nothing.
public struct Sharing: Sendable, Hashable {
    /// A filter takes 200 values at most ("Filtering" in the EC2 API reference).
    public static let maximumIDs = 200

    /// The filter's name, such as `instance-id`.
    public let filter: String
    /// The ids that are asked for.
    public let ids: [String]
    /// The lists in which the reply holds the things, from the outside in: `reservationSet`, `instancesSet`.
    public let lists: [String]
    /// The member that holds a thing's id.
    public let member: String

    /// A way to share.
    public init(filter: String, ids: [String], lists: [String], member: String) {
        self.filter = filter
        self.ids = ids
        self.lists = lists
        self.member = member
    }

    /// The parameters that ask for the ids.
    public var parameters: JSONValue {
        ["Filter": [["Name": .string(filter), "Value": .array(ids.map(JSONValue.string))]]]
    }

    /// The same for other ids.
    func asking(for ids: [String]) -> Sharing { Sharing(filter: filter, ids: ids, lists: lists, member: member) }

    /// Cuts pages apart: under each id pages like those that its own call would have brought, with that one thing in them.
    func pagesByID(_ pages: [JSONValue]) -> [String: [JSONValue]] {
        var byID: [String: [JSONValue]] = [:]
        for page in pages {
            for (id, part) in parts(of: page, lists[...]) { byID[id, default: []].append(part) }
        }
        return byID
    }

    private func parts(of value: JSONValue, _ lists: ArraySlice<String>) -> [(id: String, part: JSONValue)] {
        guard let list = lists.first else { return value[member]?.string.map { [($0, value)] } ?? [] }
        let found = Self.elements(of: value[list]).flatMap { parts(of: $0, lists.dropFirst()) }
        guard !found.isEmpty, let members = value.object else { return [] }
        return found.map { id, part in
            var around = members
            around[list] = ["item": [part]]
            return (id, .object(around))
        }
    }

    private static func elements(of list: JSONValue?) -> [JSONValue] {
        guard let item = list?["item"] else { return [] }
        return item.array ?? [item]
    }
}

extension PlannedCall {
    /// A call of EC2 that asks for things by a filter over their ids.
    public init(ec2 operation: String, sharing: Sharing, reads: Set<String>? = nil) {
        self.init(
            service: "ec2", operation: operation, parameters: sharing.parameters, sharing: sharing, reads: reads)
    }
}
