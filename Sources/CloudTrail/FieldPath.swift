public import JSON

/// A way to one or many values of a record, such as `responseElements.instancesSet.items[].instanceId`.
///
/// Written by people in plugin files, so it forgives what CloudTrail's writers do not agree on:
/// - names match in any case (`aRN`, `arn`);
/// - `items[]` takes a list, a single object, and lists wrapped in `item`, `items`, `member` or `members`;
/// - a wrapper named after the event (`CreateNatGatewayResponse`) may stand around the parameters or not;
/// - the query services drop the outermost result object: `dBInstance.dBInstanceArn` also finds `dBInstanceArn`.
///
/// `a ?? b` takes the first alternative that finds anything.
public struct FieldPath: Sendable, Hashable {
    /// The path as it was written.
    public let text: String
    private let alternatives: [[Step]]

    private struct Step: Sendable, Hashable {
        let name: String
        let isList: Bool
        let isListWrapper: Bool

        init(name: String, isList: Bool) {
            self.name = name
            self.isList = isList
            isListWrapper = Self.isWrapper(name)
        }

        /// Whether it is what stands around the elements of a list.
        static func isWrapper(_ name: String) -> Bool {
            switch name.lowercased() {
            case "item", "items", "member", "members": true
            default: false
            }
        }
    }

    /// Reads a path; `nil` when it has an empty step or alternative.
    public init?(_ text: String) {
        var alternatives: [[Step]] = []
        for alternative in text.split(separator: "??", omittingEmptySubsequences: false) {
            var steps: [Step] = []
            for part in alternative.split(separator: ".", omittingEmptySubsequences: false) {
                let isList = part.trimmingSpaces.hasSuffix("[]")
                let name = isList ? part.trimmingSpaces.dropLast(2) : part.trimmingSpaces
                guard !name.isEmpty, !name.contains(where: { "[]{}$ ".contains($0) }) else { return nil }
                steps.append(Step(name: String(name), isList: isList))
            }
            alternatives.append(steps)
        }
        self.alternatives = alternatives
        self.text = text
    }

    /// What each alternative begins with, as it was written.
    public var roots: [String] { alternatives.compactMap(\.first?.name) }

    /// Every scalar the path leads to, as text, in the record's order and without empty ones.
    public func values(in event: CloudTrailEvent) -> [String] {
        nodes(in: event).flatMap(Self.leaves)
    }

    /// The first scalar the path leads to.
    public func value(in event: CloudTrailEvent) -> String? {
        for node in nodes(in: event) {
            if let first = Self.leaves(of: node).first { return first }
        }
        return nil
    }

    /// The values themselves, objects included: what the first alternative that finds anything leads to.
    public func nodes(in event: CloudTrailEvent) -> [JSONValue] {
        for steps in alternatives {
            guard let root = steps.first, let start = event.record.member(root.name), !start.isNull else { continue }
            let rest = steps.dropFirst()
            let direct = Self.find(rest, in: start)
            if !direct.isEmpty { return direct }
            for wrapper in ["Response", "Request", "Result"] {
                guard let candidate = start.member(event.eventName + wrapper) else { continue }
                let found = Self.find(rest, in: candidate)
                if !found.isEmpty { return found }
            }
        }
        return []
    }

    /// The same walk from any value, for replies that are no record.
    public func values(in value: JSONValue) -> [String] {
        nodes(in: value).flatMap(Self.leaves)
    }

    /// The values that the path leads to from any value.
    public func nodes(in value: JSONValue) -> [JSONValue] {
        for steps in alternatives {
            let found = Self.walk(steps[...], from: value)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func find(_ steps: ArraySlice<Step>, in start: JSONValue) -> [JSONValue] {
        let direct = walk(steps, from: start)
        if !direct.isEmpty || steps.isEmpty { return direct }
        let rest = steps.dropFirst()
        // A list's wrapper that is not there says nothing: anything around would pass for its elements.
        if let next = rest.first, !next.isListWrapper || start.member(next.name) != nil {
            let flattened = walk(rest, from: start)
            if !flattened.isEmpty { return flattened }
        }
        // A result object around everything, alone or beside a request id.
        guard start.memberCount <= 2, let members = start.object else { return [] }
        for (_, inner) in members.sorted(by: { $0.key < $1.key }) where inner.isObject {
            let wrapped = walk(steps, from: inner)
            if !wrapped.isEmpty { return wrapped }
        }
        return []
    }

    private static func walk(_ steps: ArraySlice<Step>, from value: JSONValue) -> [JSONValue] {
        var found: [JSONValue] = []
        walk(steps, from: value, &found)
        return found
    }

    /// Appends what the steps lead to: a list for every step of every element would be made only to be joined.
    private static func walk(_ steps: ArraySlice<Step>, from value: JSONValue, _ found: inout [JSONValue]) {
        guard let step = steps.first else {
            if !value.isBlank { found.append(value) }
            return
        }
        if value.isArray { return value.forEachElement { walk(steps, from: $0, &found) } }
        let rest = steps.dropFirst()
        if let next = value.member(step.name) {
            if step.isList {
                forEachElement(of: next) { walk(rest, from: $0, &found) }
            } else {
                walk(rest, from: next, &found)
            }
        } else if step.isListWrapper, step.isList {
            // `items[]` over a set whose writer left the wrapper out, or spelled it another way.
            // At a path's end an object that is no wrapper is no element either, but what stands around the list.
            if rest.isEmpty, value.isObject, !isWrapper(value) { return }
            forEachElement(of: value) { walk(rest, from: $0, &found) }
        }
    }

    /// The elements of whatever stands for a list: an array, a lone value, or either inside an `item` wrapper.
    private static func forEachElement(of value: JSONValue, _ body: (JSONValue) -> Void) {
        if value.isArray {
            value.forEachElement { forEachElement(of: $0, body) }
        } else if let only = value.onlyMember, Step.isWrapper(only.name) {
            forEachElement(of: only.value, body)
        } else if value.isObject || !value.isBlank {
            body(value)
        }
    }

    private static func isWrapper(_ value: JSONValue) -> Bool {
        value.onlyMember.map { Step.isWrapper($0.name) } ?? false
    }

    private static func leaves(of value: JSONValue) -> [String] {
        if let elements = value.array { return elements.flatMap { leaves(of: $0) } }
        return value.scalarText.map { $0.isEmpty ? [] : [$0] } ?? []
    }
}

extension FieldPath: CustomStringConvertible {
    /// The path as it was written.
    public var description: String { text }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var slice = self
        while slice.first == " " { slice.removeFirst() }
        while slice.last == " " { slice.removeLast() }
        return slice
    }
}
