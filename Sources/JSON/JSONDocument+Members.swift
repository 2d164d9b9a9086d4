extension JSONDocument {
    /// The member of exactly that name or, where any case will do, of the name most like it: of several the first in sorted order.
    ///
    /// Of a name written twice the last counts in JSON; in XML all do, as a list.
    func member(_ name: String, inAnyCase: Bool = false, of object: Int) -> JSONValue? {
        guard nodes[object].hasMembers else { return nil }
        var exact = Found()
        var alike: [Int] = []
        forEachKey(of: object, like: name) { key, isSame in
            if isSame { exact.add(key + 1) } else if inAnyCase { alike.append(key) }
        }
        if exact.last == nil, !alike.isEmpty {
            let names = alike.map { text(of: $0) ?? "" }
            for (key, name) in zip(alike, names) where name == names.min() { exact.add(key + 1) }
        }
        return value(exact, in: object)
    }

    /// The only member of an object with one.
    func onlyMember(of object: Int) -> (name: String, value: JSONValue)? {
        guard nodes[object].hasMembers, nodes[object].next > object + 1 else { return nil }
        let first = object + 1
        let isOnly = Int(nodes[first + 1].next) == Int(nodes[object].next)
        guard isOnly || nodes[object].kind == .element && keys(of: object).allSatisfy({ slice($0) == slice(first) }),
            let name = text(of: first)
        else { return nil }
        return isOnly ? (name, value(first + 1)) : member(name, of: object).map { (name, $0) }
    }

    func memberCount(of object: Int) -> Int {
        switch nodes[object].kind {
        case .object: keys(of: object).count
        case .element: Set(keys(of: object).map { text(of: $0) }).count
        default: 0
        }
    }

    func members(of object: Int) -> [String: JSONValue] {
        let keys = keys(of: object)
        var found = [String: Found](minimumCapacity: min(keys.count, 64))
        for key in keys { found[text(of: key) ?? "", default: Found()].add(key + 1) }
        return found.compactMapValues { value($0, in: object) }
    }

    /// The values of a name: seldom more than one.
    private struct Found {
        var last: Int?
        var earlier: [Int] = []

        mutating func add(_ value: Int) {
            if let last { earlier.append(last) }
            last = value
        }
    }

    private func value(_ found: Found, in object: Int) -> JSONValue? {
        guard let last = found.last else { return nil }
        if nodes[object].kind == .object || found.earlier.isEmpty { return value(last) }
        return .array((found.earlier + [last]).map(value))
    }

    private func keys(of object: Int) -> [Int] {
        var keys: [Int] = []
        var key = object + 1
        while key < nodes[object].next {
            keys.append(key)
            key = Int(nodes[key + 1].next)
        }
        return keys
    }
}
