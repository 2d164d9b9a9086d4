internal import AutoTagger
internal import CloudTrail

/// The deployment that is looked at: who we are there, and the pieces that people named or that hang on those.
///
/// From one name the others are found: a function's mappings name its queue, a queue's ARN finds the rules that feed it, a
/// rule's targets name the queue. With no name at all, rules that are called `autotagger…` are looked for.
public struct Site: Sendable {
    /// What people named.
    public struct Names: Sendable, Hashable {
        /// The queues' URLs.
        public var queueURLs: [String]
        /// The rule.
        public var rule: String?
        /// The bus that the rules are on, by name or ARN.
        public var bus: String
        /// The function, by name or ARN.
        public var function: String?

        /// Names, each of which may be left to be found.
        public init(queueURLs: [String] = [], rule: String? = nil, bus: String = "default", function: String? = nil) {
            self.queueURLs = queueURLs
            self.rule = rule
            self.bus = bus
            self.function = function
        }

        /// Whether nothing is named that leads anywhere.
        var areEmpty: Bool { queueURLs.isEmpty && rule == nil && function == nil }
    }

    /// The queues, with the URLs where there is none.
    struct Queues: Sendable {
        var found: [QueueFacts] = []
        var missing: [String] = []
    }

    /// The rules, of which some may have no target of ours.
    struct Rules: Sendable {
        var found: [RuleFacts] = []
        /// Of each rule's name, what it sends its events to.
        var targets: [String: [RuleTarget]] = [:]
    }

    /// The function with what feeds it.
    struct Function: Sendable {
        var facts: FunctionFacts
        var mappings: [MappingFacts]
    }

    /// What rules of ours are called unless somebody calls them otherwise.
    static let rulePrefix = "autotagger"

    let names: Names
    /// Where the queue is, and so the rule and the trail that matter.
    let region: String
    let functions: any FunctionReader
    private let search: SiteSearch
    private let callerOnce: Asked<Result<CallerIdentity, Failure>>
    private let functionOnce: Asked<Result<Function?, Failure>>
    private let queuesOnce: Asked<Result<Queues, Failure>>
    private let rulesOnce: Asked<Result<Rules, Failure>>

    init(_ names: Names, region: String, with tools: Doctor.Instruments) {
        let region = names.queueURLs.lazy.compactMap(QueueURL.region).first ?? region
        let search = SiteSearch(names: names, region: region, tools: tools)
        self.names = names
        self.region = region
        self.search = search
        functions = tools.functions
        callerOnce = Asked {
            do throws(Failure) { return .success(try await tools.caller.callerIdentity()) } catch {
                return .failure(error)
            }
        }
        functionOnce = Asked { await search.function() }
        queuesOnce = Asked { [functionOnce] in await search.queues(function: await functionOnce()) }
        rulesOnce = Asked { [functionOnce, queuesOnce] in
            await search.rules(function: await functionOnce(), queues: await queuesOnce())
        }
    }

    /// Whether the region is one: nobody may be asked in another.
    var hasRegion: Bool { Partition.isRegion(region) }

    /// Who we are.
    func caller() async throws(Failure) -> CallerIdentity { try await callerOnce().get() }

    /// The function; `nil` when none is named, or there is none of that name.
    func function() async throws(Failure) -> Function? { try await functionOnce().get() }

    /// The queues.
    func queues() async throws(Failure) -> Queues { try await queuesOnce().get() }

    /// The rules that feed the queues or the function.
    func rules() async throws(Failure) -> Rules { try await rulesOnce().get() }

    /// What the rules should have as their target: the queues, or the function where there are none.
    func destinations() async throws(Failure) -> [String] {
        let queues = try await queues().found.map(\.arn)
        guard queues.isEmpty else { return queues }
        return try await function().map { [$0.facts.arn] } ?? []
    }
}

/// What a queue's URL tells: `https://sqs.eu-west-1.amazonaws.com/123456789012/autotagger`.
enum QueueURL {
    /// The region in the host's name, where it is one of AWS's.
    static func region(_ url: String) -> String? {
        guard let host = url.split(separator: "/").dropFirst().first else { return nil }
        let labels = host.split(separator: ".").map(String.init)
        return labels.first { Partition.isRegion($0) }
    }

    /// The URL of another queue of the same account and region: only the name differs.
    static func sibling(of url: String, named name: String) -> String? {
        guard let slash = url.lastIndex(of: "/") else { return nil }
        return url[...slash] + name
    }
}
