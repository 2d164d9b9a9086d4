internal import AutoTagger

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

    /// The handler of one line; `nil` when something in it is wrong, which has been reported then.
    func handler(_ type: String, _ line: YAMLMapping) -> DeclaredHandler? {
        let names = line.strings("on") ?? []
        if names.isEmpty { line.report("'on' is missing: the CloudTrail event that makes a \(type)") }
        let sources = line.strings("source")?.map { $0.lowercased() } ?? self.sources
        if sources.isEmpty {
            line.report("'source' is missing, here and at the top: the event source such as ec2.amazonaws.com")
        }
        for source in sources where !source.contains(".") {
            line.report("'\(source)' is no event source; it is a host name such as ec2.amazonaws.com", key: "source")
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
        if question == nil { refuseAnswers(line) }
        line.refuseUnknownKeys()
        guard let operation, let arn, !names.isEmpty, !sources.isEmpty else { return nil }
        return DeclaredHandler(
            resource: ResourceType(plugin, type),
            triggers: sources.flatMap { source in names.map { Trigger(source, $0) } }, tagging: operation,
            isEphemeral: isEphemeral, conditions: conditions, id: id, arn: arn, question: question ?? nil)
    }

    /// An answer without a question never comes.
    private func refuseAnswers(_ line: YAMLMapping) {
        for key in ["id", "arn"] where line.scalar(key)?.contains("\(DeclaredQuestion.root).") == true {
            line.report(
                "'\(DeclaredQuestion.root)' is what the call under 'ask' tells, and there is no 'ask'", key: key)
        }
    }

    private func path(_ key: String, _ line: YAMLMapping) -> DeclaredPath? {
        guard let text = line.string(key) else { return nil }
        guard let path = DeclaredPath(text) else {
            line.report(Self.noPath(text), key: key)
            return nil
        }
        return path
    }

    private func conditions(of line: YAMLMapping) -> [Presence] {
        (line.strings("when") ?? []).compactMap { text in
            guard let condition = Presence(text) else {
                line.report(Self.noPath(text) + ", with '!' in front where it must not be there", key: "when")
                return nil
            }
            return condition
        }
    }

    private static func noPath(_ text: String) -> String {
        let root = String(text.prefix { $0 != "." }.drop { $0 == "!" })
        let hint = Suggestion.nearest(to: root, among: DeclaredPath.roots)
            .flatMap { $0 == root ? nil : " (did you mean '\($0)'?)" }
        return "'\(text)' is no path; a path is such as responseElements.vpc.vpcId\(hint ?? "")"
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
