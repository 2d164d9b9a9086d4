extension JSONValue {
    /// The text, when this is a string.
    public var string: String? {
        switch form {
        case .built(.string(let text)): text
        case .written(let document, let node): document.text(of: node)
        case .built: nil
        }
    }

    /// A scalar as text, since CloudTrail writes `true` and `"true"`, `12` and `"12"` for one and the same field.
    public var scalarText: String? {
        if isObject || isArray { return nil }
        return switch kind {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .null, .array, .object: nil
        }
    }

    /// A flag that may have been written as a string.
    public var flag: Bool? {
        if isObject || isArray { return nil }
        return switch kind {
        case .bool(let flag): flag
        case .string(let text):
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
        default: nil
        }
    }

    /// A whole number that may have been written as a string.
    public var integer: Int64? {
        if isObject || isArray { return nil }
        return switch kind {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The members, when this is an object; each call takes them all out of their document.
    public var object: [String: JSONValue]? {
        if isObject, case .object(let members) = kind { members } else { nil }
    }

    /// The elements, when this is an array; each call takes them all out of their document.
    public var array: [JSONValue]? {
        if isArray, case .array(let elements) = kind { elements } else { nil }
    }

    /// Whether this is an object, whatever is in it.
    public var isObject: Bool {
        switch form {
        case .built(.object): true
        case .written(let document, let node): document.nodes[node].hasMembers
        case .built: false
        }
    }

    /// Whether this is an array, whatever is in it.
    public var isArray: Bool {
        switch form {
        case .built(.array): true
        case .written(let document, let node): document.nodes[node].kind == .array
        case .built: false
        }
    }

    /// Whether this is a text, whatever it says.
    public var isString: Bool {
        switch form {
        case .built(.string): true
        case .written(let document, let node): document.nodes[node].isText
        case .built: false
        }
    }

    /// Whether this is JSON's `null`.
    public var isNull: Bool {
        switch form {
        case .built(.null): true
        case .written(let document, let node): document.nodes[node].kind == .null
        case .built: false
        }
    }

    /// Whether there is nothing to read here: absent, `null`, `""`, `{}` and `[]` all mean that in real records.
    public var isBlank: Bool {
        switch form {
        case .built(.null): true
        case .built(.string(let text)): text.isEmpty
        case .built(.array(let elements)): elements.isEmpty
        case .built(.object(let members)): members.isEmpty
        case .built: false
        case .written(let document, let node): document.isBlank(node)
        }
    }

    /// The member of that name, exactly so spelled.
    public subscript(key: String) -> JSONValue? {
        switch form {
        case .built(.object(let members)): members[key]
        case .written(let document, let node): document.member(key, of: node)
        case .built: nil
        }
    }

    /// The member of that name in any case: CloudTrail writes `aRN`, `arn` and `Arn` for the same field.
    ///
    /// The exact spelling wins; among several others the first in sorted order, so that the answer never depends on the
    /// order in which a dictionary happens to lie.
    public func member(_ key: String) -> JSONValue? {
        switch form {
        case .built(.object(let members)):
            if let exact = members[key] { return exact }
            let alike = members.keys.filter { $0.utf8.isSpelled(key.utf8) }.min()
            return alike.flatMap { members[$0] }
        case .written(let document, let node): return document.member(key, inAnyCase: true, of: node)
        case .built: return nil
        }
    }

    /// The member of an object that has no other, which is how wrappers look.
    public var onlyMember: (name: String, value: JSONValue)? {
        switch form {
        case .built(.object(let members)): members.count == 1 ? members.first.map { ($0.key, $0.value) } : nil
        case .written(let document, let node): document.onlyMember(of: node)
        case .built: nil
        }
    }

    /// How many members an object has; of all else none.
    public var memberCount: Int {
        switch form {
        case .built(.object(let members)): members.count
        case .written(let document, let node): document.memberCount(of: node)
        case .built: 0
        }
    }

    /// Goes through the elements of an array without making one; of anything but an array there are none.
    public func forEachElement(_ body: (JSONValue) -> Void) {
        switch form {
        case .built(.array(let elements)): elements.forEach(body)
        case .written(let document, let node): if isArray { document.forEachElement(of: node, body) }
        case .built: break
        }
    }
}

extension Collection<UInt8> {
    /// Whether both are the same letters in any case; names in JSON are ASCII, where one bit is all the difference.
    func isSpelled(_ other: some Collection<UInt8>) -> Bool {
        count == other.count
            && elementsEqual(other) { one, other in
                one == other || one | 0x20 == other | 0x20 && 0x61...0x7A ~= one | 0x20
            }
    }
}
