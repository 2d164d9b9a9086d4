internal import AutoTagger
internal import CloudTrail

/// What a file says for all of its lines, and how a line becomes a handler with it.
struct ResourceLine {
    let plugin: String
    let sources: [String]
    let arn: String?
    let tagging: TaggingDeclaration?

    /// The `tagging:` of a file or of a line; of a line, what it leaves out is the file's.
    static func tagging(of mapping: YAMLMapping, over base: TaggingDeclaration?) -> TaggingDeclaration? {
        if let word = mapping.scalar("tagging") {
            if word != TaggingDeclaration.resourceGroups {
                let known = [TaggingDeclaration.resourceGroups]
                let hint = Suggestion.nearest(to: word, among: known).map { " (did you mean '\($0)'?)" } ?? ""
                mapping.report(
                    "'tagging' takes a mapping, or '\(TaggingDeclaration.resourceGroups)' for a service that has no"
                        + " operation of its own\(hint)", key: "tagging")
            }
            return .throughResourceGroups
        }
        return mapping.mapping("tagging").map { TaggingDeclaration($0, over: base) } ?? base
    }

    /// The `source:` of a file or of a line, in lower case.
    static func sources(of mapping: YAMLMapping) -> [String]? {
        guard let sources = mapping.strings("source")?.map({ $0.lowercased() }) else { return nil }
        for source in sources where !isHostName(source) {
            let host = source.split(separator: "/").first { isHostName(String($0)) }.map(String.init)
            let hint = host ?? (source.utf8.allSatisfy(\.isNamePart) ? source + ".amazonaws.com" : nil)
            mapping.report(
                "'\(source)' is no event source; it is a host name such as ec2.amazonaws.com"
                    + (hint.map { " (did you mean '\($0)'?)" } ?? ""), key: "source")
        }
        return sources
    }

    private static func isHostName(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: "."))
            && text.utf8.allSatisfy { $0.isNamePart || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// The handler of one line; `nil` when something in it is wrong, which has been reported then.
    func handler(_ type: String, _ line: YAMLMapping) -> DeclaredHandler? {
        let names = line.strings("on") ?? []
        if names.isEmpty { line.report("'on' is missing: the CloudTrail event that makes a \(type)") }
        for name in names where !name.utf8.allSatisfy(\.isNamePart) {
            line.report("'\(name)' is no event's name, which is one word such as CreateVpc", key: "on")
        }
        let sources = Self.sources(of: line) ?? self.sources
        if sources.isEmpty {
            line.report("'source' is missing, here and at the top: the event source such as ec2.amazonaws.com")
        }
        let tagging = Self.tagging(of: line, over: tagging)
        if tagging == nil { line.report("'tagging' is missing, here and at the top: how the service tags") }
        let id = path("id", line)
        let arn = arn(of: line)
        if arn?.needsID == true, line.value("id") == nil {
            line.report("the ARN refers to ${id}, but there is no 'id': a path such as responseElements.vpc.vpcId")
        }
        let conditions = conditions(of: line)
        let isEphemeral = line.flag("ephemeral") ?? false
        let operation = tagging?.operation(plugin: plugin, source: sources.first)
        let question = line.mapping("ask").map { DeclaredQuestion($0, of: operation) }
        if question == nil {
            refuseAnswers(["id": [id?.path], "arn": arn?.paths ?? [], "when": conditions.map(\.path)], in: line)
        }
        line.refuseUnknownKeys()
        guard let operation, let arn, !names.isEmpty, !sources.isEmpty else { return nil }
        return DeclaredHandler(
            resource: ResourceType(plugin, type),
            triggers: sources.flatMap { source in names.map { Trigger(source, $0) } }, tagging: operation,
            isEphemeral: isEphemeral, conditions: conditions, id: id, arn: arn, question: question ?? nil)
    }

    /// An answer without a question never comes.
    ///
    /// - Parameter paths: what the line is made of, by key; the ARN may be the file's.
    private func refuseAnswers(_ paths: KeyValuePairs<String, [FieldPath?]>, in line: YAMLMapping) {
        for (key, paths) in paths where paths.contains(where: { $0?.roots.contains(DeclaredQuestion.root) == true }) {
            line.report(
                "'\(DeclaredQuestion.root)' is what the call under 'ask' tells, and there is no 'ask'", key: key)
        }
    }

    private func path(_ key: String, _ line: YAMLMapping) -> DeclaredPath? {
        guard let text = line.string(key) else { return nil }
        guard let path = DeclaredPath(text) else {
            line.report(DeclaredPath.mistake(in: text), key: key)
            return nil
        }
        return path
    }

    private func conditions(of line: YAMLMapping) -> [Presence] {
        (line.strings("when") ?? []).compactMap { text in
            guard let condition = Presence(text) else {
                line.report(
                    DeclaredPath.mistake(in: text) + ", with '!' in front where it must not be there", key: "when")
                return nil
            }
            return condition
        }
    }

    private func arn(of line: YAMLMapping) -> ARNSource? {
        guard let text = line.string("arn") ?? arn else {
            line.report("'arn' is missing, here and at the top: a path such as responseElements.arn, or a template")
            return nil
        }
        do {
            return try ARNSource(text)
        } catch {
            line.report(error.message, key: "arn")
            return nil
        }
    }
}

extension UInt8 {
    /// A letter, a digit or the low line.
    fileprivate var isNamePart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
