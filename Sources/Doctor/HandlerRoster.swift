public import AutoTagger

/// The handlers that the settings come to, and what kept some from being read.
public struct HandlerRoster: Sendable {
    /// Those that are switched on.
    public let enabled: [any ResourceHandler]
    /// How many there are in all.
    public let total: Int
    /// Which API tags what they find.
    public let route: TaggingRoute
    /// What is wrong with the user's own files; then these are not among the handlers.
    public let mistake: ConfigurationError?

    /// A roster of those parts.
    public init(
        enabled: [any ResourceHandler], total: Int, route: TaggingRoute, mistake: ConfigurationError? = nil
    ) {
        self.enabled = enabled
        self.total = total
        self.route = route
        self.mistake = mistake
    }

    /// The events that the enabled ones wait for.
    var triggers: [Trigger] { Set(enabled.flatMap(\.triggers)).sorted() }

    /// Their permissions, each with the handlers that need it.
    var permissions: [String: [String]] {
        var needed: [String: Set<String>] = [:]
        for handler in enabled {
            for permission in handler.permissions(by: route) {
                needed[permission.action, default: []].insert(handler.resource.description)
            }
        }
        return needed.mapValues { $0.sorted() }
    }
}
