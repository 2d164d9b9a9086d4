public import CloudTrail
public import JSON

/// Turns one kind of event into references to the resources that it made.
///
/// A handler never tags, reads no clock and opens no socket: finding is pure, so that dry runs are free and a handler is
/// tested with one JSON file. What the event does not tell (the volumes of an instance) it asks through a port.
public protocol ResourceHandler: Sendable {
    /// The main resource it finds; its name in reports and settings.
    var resource: ResourceType { get }
    /// The events it waits for.
    var triggers: [Trigger] { get }
    /// How the service of its resources spells "tag".
    var tagging: TaggingOperation { get }
    /// Every type it may find, the main one first.
    var produces: [ResourceType] { get }
    /// Whether its resources are jobs, sessions or executions that end by themselves; such handlers are off by default.
    var isEphemeral: Bool { get }
    /// Whether it is a line of YAML rather than Swift.
    var isDeclared: Bool { get }
    /// The permissions that its lookups need, such as `ec2:DescribeInstances`.
    var lookupActions: [String] { get }

    /// The resources that the event names, and what still has to be asked.
    func find(in event: CloudTrailEvent) -> Finding

    /// The resources once everything is asked. Called only when the finding has lookups.
    ///
    /// - Throws: ``Failure`` when AWS did not answer; nothing is tagged then.
    func complete(_ finding: Finding, of event: CloudTrailEvent, with lookup: Lookup) async throws(Failure)
        -> Completion
}

extension ResourceHandler {
    /// Whether it waits for a trigger, be it with the date of the API behind its name or without.
    public func waits(for trigger: Trigger) -> Bool {
        triggers.contains(trigger) || trigger.undated.map(triggers.contains) == true
    }

    /// What it needs, for its lookups and for the tags of every type that it finds, on the ways that the route says.
    package func permissions(by route: TaggingRoute) -> Set<Permission> {
        let operations = Set(produces.map { route.operation(for: $0, declared: tagging) })
        return Set(operations.flatMap(\.permissions) + lookupActions.map { Permission($0, .read) })
    }

    /// Only the main type.
    public var produces: [ResourceType] { [resource] }

    /// A resource that stays until somebody deletes it.
    public var isEphemeral: Bool { false }

    /// Swift.
    public var isDeclared: Bool { false }

    /// No lookups, no permissions.
    public var lookupActions: [String] { [] }

    /// What was found is all there is.
    public func complete(
        _ finding: Finding,
        of event: CloudTrailEvent,
        with lookup: Lookup
    ) async throws(Failure) -> Completion {
        Completion(resources: finding.resources)
    }
}

/// What an event says by itself.
public struct Finding: Sendable, Hashable {
    /// The resources that it names.
    public var resources: [TaggableResource]
    /// The calls that will tell the rest.
    public var lookups: [PlannedCall]
    /// What those calls will add, in words for a dry run.
    public var openQuestions: [String]
    /// What the handler read in the record and needs again to complete the finding. It follows from the event, and so does not
    /// count where findings are compared.
    public var memo: (any Sendable)?

    /// A finding, complete unless there are lookups.
    public init(
        resources: [TaggableResource], lookups: [PlannedCall] = [], openQuestions: [String] = [],
        memo: (any Sendable)? = nil
    ) {
        self.resources = resources
        self.lookups = lookups
        self.openQuestions = openQuestions
        self.memo = memo
    }

    /// Whether both found and ask the same.
    public static func == (one: Finding, other: Finding) -> Bool {
        one.resources == other.resources && one.lookups == other.lookups && one.openQuestions == other.openQuestions
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(resources)
        hasher.combine(lookups)
        hasher.combine(openQuestions)
    }
}

/// What an event made, after asking.
public struct Completion: Sendable, Hashable {
    /// Every resource to tag.
    public var resources: [TaggableResource]
    /// Why there may be more later; the event is then tried again after these are tagged.
    public var unfinished: Failure?
    /// Whether there are no resources because AWS does not know any longer what the event made.
    public var isGone: Bool

    /// A completion, final unless something is unfinished.
    public init(resources: [TaggableResource], unfinished: Failure? = nil, isGone: Bool = false) {
        self.resources = resources
        self.unfinished = unfinished
        self.isGone = isGone
    }
}

/// What a handler may use to ask AWS: the event's place, a reader, and a clock with a bound.
public struct Lookup: Sendable {
    private let accountID: String
    private let region: String
    private let reader: any ResourceReader
    private let answers: [Answer]
    /// Whether the event is so recent that what it made may not be visible yet.
    public let isYoung: Bool
    /// How long a handler may wait for what is still being made.
    public let patience: Duration
    /// The clock that waiting goes by.
    public let clock: any Clock<Duration>

    /// What a finding's call was answered when it was asked for several events together.
    struct Answer: Sendable {
        let call: PlannedCall
        let pages: Result<[JSONValue], Failure>
    }

    /// A way to ask about an event's resources, where the event happened and nowhere else.
    public init(
        accountID: String, region: String, reader: any ResourceReader, isYoung: Bool, patience: Duration,
        clock: any Clock<Duration>
    ) {
        self.init(
            accountID: accountID, region: region, reader: reader, isYoung: isYoung, patience: patience, clock: clock,
            answers: [])
    }

    init(
        accountID: String, region: String, reader: any ResourceReader, isYoung: Bool, patience: Duration,
        clock: any Clock<Duration>, answers: [Answer]
    ) {
        self.accountID = accountID
        self.region = region
        self.reader = reader
        self.answers = answers
        self.isYoung = isYoung
        self.patience = patience
        self.clock = clock
    }

    /// The answer to a call of the finding: what was asked for several events together is not asked again.
    ///
    /// Who waits for a change asks with ``read(_:)``, which always goes to AWS.
    public func first(_ call: PlannedCall) async throws(Failure) -> [JSONValue] {
        if let known = answers.first(where: { $0.call == call }) { return try known.pages.get() }
        return try await read(call)
    }

    /// Makes a reading call and follows its pages; one tree a page.
    public func read(_ call: PlannedCall) async throws(Failure) -> [JSONValue] {
        try await reader.read(call, accountID: accountID, region: region)
    }
}

/// The port through which handlers look at resources.
public protocol ResourceReader: Sendable {
    /// Makes a reading call in an account and region, following its pages, and answers one tree a page.
    func read(_ call: PlannedCall, accountID: String, region: String) async throws(Failure) -> [JSONValue]
}
