/// A named set of handlers, compiled in: the way to add what a line of YAML cannot say.
public protocol Plugin: Sendable {
    /// The plugin's name, as shown by `handlers list`; mostly the service.
    var name: String { get }
    /// Its handlers.
    var handlers: [any ResourceHandler] { get }
}

/// A handler with what the registry knows of it.
public struct RegisteredHandler: Sendable {
    /// The plugin that brought it.
    public let plugin: String
    /// Where it was declared.
    public let origin: Origin
    /// The handler itself.
    public let handler: any ResourceHandler

    /// Where a handler comes from.
    public enum Origin: Sendable, Hashable {
        /// A line of YAML that ships inside the binary.
        case builtIn
        /// Swift code, compiled in.
        case code
        /// A user's YAML file.
        case file(String)
    }

    /// A handler with its origin.
    public init(plugin: String, origin: Origin, handler: any ResourceHandler) {
        self.plugin = plugin
        self.origin = origin
        self.handler = handler
    }
}

/// A catalogue of handlers that is read piece by piece, when an event of a source arrives.
///
/// Some three hundred services must not slow the first event down; so a source's declarations are parsed only when that
/// source is asked for.
public protocol HandlerCatalogue: Sendable {
    /// Every event source it has handlers for.
    var eventSources: [String] { get }

    /// The handlers of one source.
    func handlers(forSource eventSource: String) throws(ConfigurationError) -> [RegisteredHandler]

    /// The handlers of one trigger: what an arriving event asks for, so it should read no more than that takes.
    func handlers(for trigger: Trigger) throws(ConfigurationError) -> [RegisteredHandler]
}

extension HandlerCatalogue {
    /// Those of the source that wait for the trigger.
    public func handlers(for trigger: Trigger) throws(ConfigurationError) -> [RegisteredHandler] {
        try handlers(forSource: trigger.eventSource).filter { $0.handler.triggers.contains(trigger) }
    }
}
