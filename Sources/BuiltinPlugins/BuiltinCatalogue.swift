public import AutoTagger
private import Configuration

/// The declarations inside the binary, parsed only when an event of their source arrives.
public struct BuiltinCatalogue: HandlerCatalogue {
    /// The catalogue; it holds nothing, the texts lie in the binary.
    public init() {}

    /// Every event source that a declaration or a compiled handler speaks of.
    public var eventSources: [String] {
        let compiled = BuiltinPlugins.compiled.flatMap { $0.handlers.flatMap { $0.triggers.map(\.eventSource) } }
        return Set(EmbeddedDeclarations.filesBySource.keys).union(compiled).sorted()
    }

    /// The handlers of one source: its declarations, then the compiled ones.
    ///
    /// - Throws: ``ConfigurationError`` when a declaration is wrong; the catalogue's lint keeps such ones from shipping.
    public func handlers(forSource eventSource: String) throws(ConfigurationError) -> [RegisteredHandler] {
        var handlers: [RegisteredHandler] = []
        for number in EmbeddedDeclarations.filesBySource[eventSource] ?? [] {
            let (file, text) = EmbeddedDeclarations.files[number]
            let plugin = try PluginFile(parsing: "\(text)", file: "\(file)")
            handlers += plugin.handlers.filter { $0.triggers.contains { $0.eventSource == eventSource } }
                .map { RegisteredHandler(plugin: plugin.name, origin: .builtIn, handler: $0) }
        }
        for plugin in BuiltinPlugins.compiled {
            for handler in plugin.handlers where handler.triggers.contains(where: { $0.eventSource == eventSource }) {
                handlers.append(RegisteredHandler(plugin: plugin.name, origin: .code, handler: handler))
            }
        }
        return handlers
    }

    /// The handlers of one trigger, from the lines that name its event and nothing else.
    ///
    /// - Throws: ``ConfigurationError`` as ``handlers(forSource:)`` does.
    public func handlers(for trigger: Trigger) throws(ConfigurationError) -> [RegisteredHandler] {
        var handlers: [RegisteredHandler] = []
        for number in EmbeddedDeclarations.filesBySource[trigger.eventSource] ?? [] {
            let (file, text) = EmbeddedDeclarations.files[number]
            guard let excerpt = PluginExcerpt.lines(of: "\(text)", naming: trigger.eventName) else { continue }
            let plugin = try PluginFile(parsing: excerpt, file: "\(file)")
            handlers += plugin.handlers.filter { $0.triggers.contains(trigger) }
                .map { RegisteredHandler(plugin: plugin.name, origin: .builtIn, handler: $0) }
        }
        for plugin in BuiltinPlugins.compiled {
            for handler in plugin.handlers where handler.triggers.contains(trigger) {
                handlers.append(RegisteredHandler(plugin: plugin.name, origin: .code, handler: handler))
            }
        }
        return handlers
    }

    /// Every declaration's file and text, for the lint.
    public static var declarations: [(file: String, text: String)] {
        EmbeddedDeclarations.files.map { ("\($0.file)", "\($0.text)") }
    }
}
