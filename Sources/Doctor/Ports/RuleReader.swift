public import AutoTagger

/// The port that looks at EventBridge rules.
public protocol RuleReader: Sendable {
    /// The rules of a bus whose names begin so.
    func rules(onBus bus: String, prefix: String?, in region: String) async throws(Failure) -> [RuleFacts]

    /// The names of the rules of a bus that have something as their target.
    func names(ofRulesTargeting arn: String, onBus bus: String, in region: String) async throws(Failure) -> [String]

    /// What a rule sends its events to.
    func targets(ofRule rule: String, onBus bus: String, in region: String) async throws(Failure) -> [RuleTarget]
}

/// A rule as `ListRules` tells of it.
public struct RuleFacts: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its ARN.
    public var arn: String
    /// `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
    public var state: String
    /// The pattern, as JSON; `nil` for a schedule.
    public var pattern: String?

    /// A rule with its facts.
    public init(name: String, arn: String, state: String, pattern: String?) {
        self.name = name
        self.arn = arn
        self.state = state
        self.pattern = pattern
    }

    /// Whether it is switched on.
    var isEnabled: Bool { state.hasPrefix("ENABLED") }
}

/// What a rule sends its events to.
public struct RuleTarget: Sendable, Hashable {
    /// The target's ARN.
    public var arn: String
    /// Whether the target gets something else than the event: a constant, a part, or a text made of parts.
    public var replacesEvent: Bool

    /// A target with its facts.
    public init(arn: String, replacesEvent: Bool) {
        self.arn = arn
        self.replacesEvent = replacesEvent
    }
}
