extension JSONDocument {
    /// The member of exactly that name or, where any case will do, of the name most like it: of several the first in sorted order.
    ///
    /// Of a name written twice the last counts in JSON; in XML all do, as a list.
    func member(_ name: String, inAnyCase: Bool = false, of object: Int) -> JSONValue? {
        guard nodes[object].hasMembers else { return nil }
        var exact: Int?
        var isRepeated = false
        var alike: [Int] = []
        forEachKey(of: object, like: name) { key, isSame in
            if isSame {
                isRepeated = exact != nil
                exact = key
            } else if inAnyCase {
                alike.append(key)
            }
        }
        if let exact { return isRepeated ? value(of: exact, in: object) : value(exact + 1) }
        let first = alike.min { (text(of: $0) ?? "", -$0) < (text(of: $1) ?? "", -$1) }
        return first.map { value(of: $0, in: object) }
    }

    /// The only member of an object with one.
    func onlyMember(of object: Int) -> (name: String, value: JSONValue)? {
        guard nodes[object].hasMembers, nodes[object].next > object + 1 else { return nil }
        let first = object + 1
        let isAlone = nodes[first + 1].next == nodes[object].next
        guard isAlone || nodes[object].kind == .element && keys(of: object).allSatisfy({ slice($0) == slice(first) }),
            let name = text(of: first)
        else { return nil }
        return (name, isAlone ? value(first + 1) : value(of: first, in: object))
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
        var members = [String: JSONValue](minimumCapacity: keys.count)
        for key in keys {
            let name = text(of: key) ?? ""
            // In XML the first of a name brings all of them.
            if nodes[object].kind == .object || members[name] == nil { members[name] = value(of: key, in: object) }
        }
        return members
    }

    /// What a key stands for: in XML all that its name does.
    private func value(of key: Int, in object: Int) -> JSONValue {
        guard nodes[object].kind == .element else { return value(key + 1) }
        let same = keys(of: object).filter { slice($0) == slice(key) }
        return same.count == 1 ? value(key + 1) : .array(same.map { value($0 + 1) })
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
