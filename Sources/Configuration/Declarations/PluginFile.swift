public import AutoTagger
private import CloudTrail

/// A `plugin.yaml`, built in or a user's own: the handlers that it declares.
public struct PluginFile: Sendable {
    /// The plugin's name.
    public let name: String
    /// The event source, its aliases included, that its lines are for unless they say otherwise.
    public let sources: [String]
    /// Its handlers.
    public let handlers: [DeclaredHandler]

    /// Reads a file's text.
    ///
    /// - Parameter file: the name to put before mistakes.
    /// - Throws: ``ConfigurationError`` with every mistake in the file.
    public init(parsing text: String, file: String) throws(ConfigurationError) {
        let document = YAMLDocument(file: file)
        let root = try document.root(of: text)
        name = root.string("plugin") ?? ""
        if name.isEmpty {
            root.report("'plugin' is missing: the plugin's name, mostly the service's, such as 'plugin: efs'")
        }
        sources = (root.strings("source") ?? []).map { $0.lowercased() }
        let defaults = Line(
            plugin: name, sources: sources, arn: root.string("arn"),
            tagging: Line.tagging(root.mapping("tagging"), plugin: name))
        var handlers: [DeclaredHandler] = []
        if let resources = root.mapping("resources") {
            for key in resources.keys {
                for line in resources.mappings(key) {
                    if let handler = defaults.handler(key, line) { handlers.append(handler) }
                }
            }
        } else {
            root.report(
                "'resources' is missing: a line for each type, such as 'file-system: {on: CreateFileSystem, …}'")
        }
        root.refuseUnknownKeys()
        try document.finish()
        self.handlers = handlers
    }
}

/// What a file says for all of its lines, and how a line becomes a handler with it.
private struct Line {
    let plugin: String
    let sources: [String]
    let arn: String?
    let tagging: TaggingOperation?

    static func tagging(_ mapping: YAMLMapping?, plugin: String) -> TaggingOperation? {
        guard let mapping else { return nil }
        let service = mapping.string("service") ?? plugin
        let operation = mapping.string("operation")
        if operation == nil { mapping.report("'operation' is missing: the API that tags, such as TagResource") }
        mapping.refuseUnknownKeys()
        return operation.map { TaggingOperation(service, $0) }
    }

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
        let tagging = Self.tagging(line.mapping("tagging"), plugin: plugin) ?? tagging
        if tagging == nil { line.report("'tagging' is missing, here and at the top: how the service tags") }
        let id = path("id", line)
        let arn = arnSource(line, hasID: line.value("id") != nil)
        let isEphemeral = line.flag("ephemeral") ?? false
        line.refuseUnknownKeys()
        guard let tagging, let arn, !names.isEmpty, !sources.isEmpty else { return nil }
        return DeclaredHandler(
            resource: ResourceType(plugin, type),
            triggers: sources.flatMap { source in names.map { Trigger(source, $0) } }, tagging: tagging,
            isEphemeral: isEphemeral, id: id, arn: arn)
    }

    private func path(_ key: String, _ line: YAMLMapping) -> FieldPath? {
        guard let text = line.string(key) else { return nil }
        guard let path = FieldPath(text) else {
            line.report("'\(text)' is no path; a path is such as responseElements.vpc.vpcId", key: key)
            return nil
        }
        return path
    }

    private func arnSource(_ line: YAMLMapping, hasID: Bool) -> DeclaredHandler.ARNSource? {
        guard let text = line.string("arn") ?? arn else {
            line.report("'arn' is missing, here and at the top: a path such as responseElements.arn, or a template")
            return nil
        }
        guard text.hasPrefix("arn:") || text.contains("${") else {
            return path("arn", line).map { .path($0) } ?? FieldPath(text).map { .path($0) }
        }
        do {
            let template = try Template(text, check: DeclaredHandler.mistake)
            if template.names.contains("id"), !hasID {
                line.report("the ARN refers to ${id}, but there is no 'id': a path such as responseElements.vpc.vpcId")
            }
            return .template(template)
        } catch {
            line.report(error.message, key: "arn")
            return nil
        }
    }
}
