internal import AutoTagger

/// Finds the pieces of a deployment from those that people named.
struct SiteSearch: Sendable {
    private let names: Site.Names
    private let region: String
    private let tools: Doctor.Instruments
    /// The rule that was named, or with no name at all those that are called as ours are.
    private let named: Asked<Result<Site.Rules, Failure>>

    init(names: Site.Names, region: String, tools: Doctor.Instruments) {
        self.names = names
        self.region = region
        self.tools = tools
        named = Asked {
            await Self.answer { () async throws(Failure) -> Site.Rules in
                let prefix = names.rule ?? Site.rulePrefix
                let rules = try await tools.rules.rules(onBus: names.bus, prefix: prefix, in: region)
                    .filter { names.rule == nil || $0.name == names.rule }
                return try await Self.withTargets(rules, names, region, tools)
            }
        }
    }

    /// Whether the rules are known before anything that they lead to.
    private var beginsWithRules: Bool { names.rule != nil || names.areEmpty }

    /// The named function, with what feeds it.
    func function() async -> Result<Site.Function?, Failure> {
        await Self.answer { () async throws(Failure) -> Site.Function? in
            guard let named = try await functionName() else { return nil }
            // What follows `function:` in an ARN is a name, with an alias where there is one.
            let name = ARNParts(named)?.resource.replacing("function:", with: "") ?? named
            guard let facts = try await tools.functions.function(name, in: region) else { return nil }
            return Site.Function(
                facts: facts, mappings: try await tools.functions.mappings(ofFunction: name, in: region))
        }
    }

    /// The queues that are named, that feed the function, or that the named rule feeds.
    func queues(function: Result<Site.Function?, Failure>) async -> Result<Site.Queues, Failure> {
        await Self.answer { () async throws(Failure) -> Site.Queues in
            var queues = Site.Queues()
            var urls = names.queueURLs
            if urls.isEmpty {
                for arn in try await queueARNs(function: function) {
                    guard let parts = ARNParts(arn) else { continue }
                    if let url = try await tools.queues.url(of: parts) {
                        urls.append(url)
                    } else {
                        queues.missing.append(arn)
                    }
                }
            }
            for url in urls {
                if let queue = try await tools.queues.queue(at: url, in: QueueURL.region(url) ?? region) {
                    queues.found.append(queue)
                } else {
                    queues.missing.append(url)
                }
            }
            return queues
        }
    }

    /// The rules: the named one, or all that have a queue or else the function as their target.
    func rules(
        function: Result<Site.Function?, Failure>, queues: Result<Site.Queues, Failure>
    ) async -> Result<Site.Rules, Failure> {
        await Self.answer { () async throws(Failure) -> Site.Rules in
            guard !beginsWithRules else { return try await named().get() }
            var destinations = try queues.get().found.map(\.arn)
            if destinations.isEmpty { destinations = try function.get().map { [$0.facts.arn] } ?? [] }
            var targeting: Set<String> = []
            for arn in destinations {
                targeting.formUnion(try await tools.rules.names(ofRulesTargeting: arn, onBus: names.bus, in: region))
            }
            guard !targeting.isEmpty else { return Site.Rules() }
            // One listing has the states and patterns of all; to describe each would be a call a rule.
            let found = try await tools.rules.rules(onBus: names.bus, prefix: nil, in: region)
            return try await Self.withTargets(found.filter { targeting.contains($0.name) }, names, region, tools)
        }
    }

    private static func withTargets(
        _ rules: [RuleFacts], _ names: Site.Names, _ region: String, _ tools: Doctor.Instruments
    ) async throws(Failure) -> Site.Rules {
        let answers = await withTaskGroup(of: (String, Result<[RuleTarget], Failure>).self) { group in
            for rule in rules {
                group.addTask {
                    let targets = await answer { () async throws(Failure) in
                        try await tools.rules.targets(ofRule: rule.name, onBus: names.bus, in: region)
                    }
                    return (rule.name, targets)
                }
            }
            var answers: [String: Result<[RuleTarget], Failure>] = [:]
            for await (name, targets) in group { answers[name] = targets }
            return answers
        }
        var targets: [String: [RuleTarget]] = [:]
        for (name, answer) in answers { targets[name] = try answer.get() }
        return Site.Rules(found: rules, targets: targets)
    }

    /// The function that is named, or else the only thing that the rules lead to.
    private func functionName() async throws(Failure) -> String? {
        if let name = names.function { return name }
        guard names.queueURLs.isEmpty else { return nil }
        return try await ruleTargets(ofService: "lambda").first
    }

    private func queueARNs(function: Result<Site.Function?, Failure>) async throws(Failure) -> [String] {
        if names.function != nil {
            let mapped = try function.get()?.mappings.map(\.source).filter { ARNParts($0)?.service == "sqs" } ?? []
            if !mapped.isEmpty { return mapped }
        }
        return try await ruleTargets(ofService: "sqs")
    }

    private func ruleTargets(ofService service: String) async throws(Failure) -> [String] {
        guard beginsWithRules else { return [] }
        let targets = try await named().get().targets.values.flatMap(\.self).map(\.arn)
        return Set(targets.filter { ARNParts($0)?.service == service }).sorted()
    }

    private static func answer<Value: Sendable>(
        _ ask: () async throws(Failure) -> Value
    ) async -> Result<Value, Failure> {
        do throws(Failure) { return .success(try await ask()) } catch { return .failure(error) }
    }
}
