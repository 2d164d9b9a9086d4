internal import AutoTagger
internal import JSON

extension TaggingOperation {
    /// The operation for one resource: every `${…}` replaced, and left out with its member where there is nothing to put.
    func filled(_ value: (String) -> String?) -> TaggingOperation {
        guard var api else { return self }
        let isFixed = [api.write.members, api.each, api.read?.members ?? [:]].allSatisfy(\.isBlank)
        if isFixed { return self }
        api.write.members = api.write.members.filled(value) ?? [:]
        api.each = api.each.filled(value) ?? [:]
        if let members = api.read?.members { api.read?.members = members.filled(value) ?? [:] }
        return TaggingOperation(service, operation, api: api)
    }
}

extension JSONValue {
    /// The tree with its texts rendered; `nil` for a text that resolves to nothing.
    func filled(_ value: (String) -> String?) -> JSONValue? {
        switch kind {
        case .string(let text):
            guard text.contains("${"), let template = try? Template(text, check: { _ in nil }) else { return self }
            return template.render(value).map { .string($0) }
        case .array(let elements): return .array(elements.compactMap { $0.filled(value) })
        case .object(let members): return .object(members.compactMapValues { $0.filled(value) })
        default: return self
        }
    }
}
