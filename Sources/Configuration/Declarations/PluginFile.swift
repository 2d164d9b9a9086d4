public import AutoTagger

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
        sources = ResourceLine.sources(of: root) ?? []
        let defaults = ResourceLine(
            plugin: name, sources: sources, arn: root.string("arn"), tagging: ResourceLine.tagging(of: root, over: nil))
        var handlers: [DeclaredHandler] = []
        if let resources = root.mapping("resources") {
            for key in resources.keys {
                for line in resources.mappings(key) {
                    if let handler = defaults.handler(key, line) { handlers.append(handler) }
                }
            }
        } else if !root.has("resources") {
            root.report(
                "'resources' is missing: a line for each type, such as 'file-system: {on: CreateFileSystem, …}'")
        }
        root.refuseUnknownKeys()
        try document.finish()
        self.handlers = handlers
    }
}
