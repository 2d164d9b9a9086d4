private import Synchronization

/// All handlers of a running program, found by trigger. Immutable after start.
///
/// Three layers: the built-in catalogue, Swift plugins, and the user's files. A user's declaration takes the place of a
/// built-in one for the same trigger and type; any other clash is an error at the start, since two handlers would tag one
/// resource twice.
public final class HandlerRegistry: Sendable {
    private let catalogue: any HandlerCatalogue
    private let added: [String: [RegisteredHandler]]
    private let known: Mutex<[Trigger: [RegisteredHandler]]> = Mutex([:])
    /// AWS has some 18,000 APIs; whoever sends more names than that is inventing them.
    private static let maximumKnown = 20_000

    /// A registry over a catalogue, with Swift plugins and the user's own declarations on top.
    ///
    /// - Throws: ``ConfigurationError`` when two handlers of the same layer claim one trigger and type, or a Swift plugin
    ///   claims what the catalogue has already.
    public init(
        catalogue: any HandlerCatalogue,
        plugins: [any Plugin] = [],
        declared: [RegisteredHandler] = []
    ) throws(ConfigurationError) {
        self.catalogue = catalogue
        let compiled = plugins.flatMap { plugin in
            plugin.handlers.map { RegisteredHandler(plugin: plugin.name, origin: .code, handler: $0) }
        }
        var added: [String: [RegisteredHandler]] = [:]
        for entry in compiled + declared {
            for source in Set(entry.handler.triggers.map(\.eventSource)) { added[source, default: []].append(entry) }
        }
        self.added = added
        try Self.refuseClashes(in: compiled)
        try Self.refuseClashes(in: declared)
        for source in Set(compiled.flatMap { $0.handler.triggers.map(\.eventSource) }) {
            try Self.refuseClashes(in: catalogue.handlers(forSource: source) + compiled)
        }
    }

    /// The handlers that wait for a trigger; where nobody does, those that wait for it without the date behind its name.
    ///
    /// - Throws: ``ConfigurationError`` when the catalogue's declarations for that source cannot be read.
    public func handlers(for trigger: Trigger) throws(ConfigurationError) -> [RegisteredHandler] {
        if let entries = known.withLock({ $0[trigger] }) { return entries }
        var entries = try handlers(named: trigger)
        if entries.isEmpty, let undated = trigger.undated { entries = try handlers(named: undated) }
        known.withLock { known in
            if known.count < Self.maximumKnown { known[trigger] = entries }
        }
        return entries
    }

    private func handlers(named trigger: Trigger) throws(ConfigurationError) -> [RegisteredHandler] {
        let own = (added[trigger.eventSource] ?? []).filter { $0.handler.triggers.contains(trigger) }
        return Self.layered(try catalogue.handlers(for: trigger) + own)
    }

    /// Later layers stand in for earlier ones of the same type: a user's declaration for a built-in one.
    private static func layered(_ entries: [RegisteredHandler]) -> [RegisteredHandler] {
        entries.reduce(into: []) { result, entry in
            result.removeAll { $0.handler.resource == entry.handler.resource }
            result.append(entry)
        }
    }

    /// Every handler there is, by source, for those who list them.
    public func all() throws(ConfigurationError) -> [RegisteredHandler] {
        var seen: Set<String> = []
        var result: [RegisteredHandler] = []
        for source in Set(catalogue.eventSources).union(added.keys).sorted() {
            let names = try index(of: source)
            for (_, entries) in names.sorted(by: { $0.key < $1.key }) {
                for entry in entries where seen.insert(Self.identity(of: entry)).inserted { result.append(entry) }
            }
        }
        return result
    }

    private func index(of source: String) throws(ConfigurationError) -> [String: [RegisteredHandler]] {
        var names: [String: [RegisteredHandler]] = [:]
        for entry in try catalogue.handlers(forSource: source) + (added[source] ?? []) {
            for trigger in entry.handler.triggers where trigger.eventSource == source {
                names[trigger.eventName, default: []].append(entry)
            }
        }
        return names.mapValues(Self.layered)
    }

    /// Throws when two handlers claim one trigger and type: both would tag the same resource.
    public static func refuseClashes(in entries: [RegisteredHandler]) throws(ConfigurationError) {
        struct Claim: Hashable {
            let trigger: Trigger
            let type: ResourceType
        }
        var owners: [Claim: RegisteredHandler] = [:]
        var problems: [ConfigurationError.Problem] = []
        for entry in entries {
            for trigger in entry.handler.triggers {
                for type in entry.handler.produces {
                    if let other = owners.updateValue(entry, forKey: Claim(trigger: trigger, type: type)) {
                        problems.append(
                            .init(
                                message: "two handlers claim \(type) of \(trigger): one of plugin '\(other.plugin)'"
                                    + " (\(other.origin)) and one of plugin '\(entry.plugin)' (\(entry.origin));"
                                    + " remove one of them"
                            )
                        )
                    }
                }
            }
        }
        if !problems.isEmpty { throw ConfigurationError(problems) }
    }

    private static func identity(of entry: RegisteredHandler) -> String {
        "\(entry.plugin)|\(entry.handler.resource)|\(entry.handler.triggers.map(\.description).joined(separator: ","))"
    }
}

extension RegisteredHandler.Origin: CustomStringConvertible {
    /// `built-in`, or the file: the form that `handlers list` prints.
    public var description: String {
        switch self {
        case .builtIn, .code: "built-in"
        case .file(let path): path
        }
    }
}
