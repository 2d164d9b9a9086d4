internal import AutoTagger

/// Whether there is a rule, whether it is on, and whether it leads here.
struct RuleCheck: SiteCheck {
    var name: String { "rule" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        guard let destinations = try? await site.destinations() else { return [.leftOut(for: "queue")] }
        let names = site.names
        let rules = try await site.rules()
        guard !rules.found.isEmpty else {
            if let rule = names.rule {
                return [
                    .broken(
                        .configuration, "there is no rule \(rule) on the bus \(names.bus) in \(site.region)",
                        why: "nothing sends events here", advice: Self.make(rule))
                ]
            }
            guard !destinations.isEmpty else {
                return [
                    .leftOut("none is named or found", advice: "name it with --rule, or the queue with --queue-url")
                ]
            }
            return [
                .broken(
                    .configuration,
                    "no rule on the bus \(names.bus) in \(site.region) has \(destinations.joined(separator: " or ")) as its target",
                    why: "nothing sends events here", advice: Self.make("autotagger"))
            ]
        }
        let lines = rules.found.map { Self.line($0, rules.targets[$0.name] ?? [], destinations, site) }
        let findings = lines.filter { $0.status != .ok }.sorted { Self.rank($0) < Self.rank($1) }
        let sound = lines.filter { $0.status == .ok }
        // Dozens of rules that share the events out would bury the one that is wrong.
        guard sound.count > 3 else { return findings + sound }
        return findings + [.ok("\(sound.count) rules are on and send here")]
    }

    private static func line(
        _ rule: RuleFacts, _ targets: [RuleTarget], _ destinations: [String], _ site: Site
    ) -> CheckLine {
        let bus = site.names.bus == "default" ? "" : " --event-bus-name \(site.names.bus)"
        guard rule.isEnabled else {
            return .broken(
                .configuration, "the rule \(rule.name) is switched off", why: "its state is \(rule.state)",
                advice: "aws events enable-rule --name \(rule.name)\(bus) --region \(site.region)")
        }
        let ours = targets.filter { destinations.contains($0.arn) }
        guard let target = ours.first else {
            let elsewhere = targets.isEmpty ? "nothing" : targets.map(\.arn).joined(separator: ", ")
            let wanted = destinations.first ?? "the ARN of the queue or the function"
            return .broken(
                .configuration, "the rule \(rule.name) sends its events to \(elsewhere)",
                why: destinations.isEmpty ? "that is no queue and no function" : "\(wanted) is not among its targets",
                advice: "aws events put-targets --rule \(rule.name)\(bus) --region \(site.region)"
                    + " --targets Id=autotagger,Arn=\(wanted)")
        }
        guard !target.replacesEvent else {
            return .warning(
                "the rule \(rule.name) changes the event before it sends it",
                why: "its target has Input, InputPath or InputTransformer; a record in another shape is not recognised",
                advice: "take that out of the target, so that events come as they are")
        }
        return .ok("\(rule.name) is on and sends to \(ARNParts(target.arn)?.resource ?? target.arn)")
    }

    private static func rank(_ line: CheckLine) -> Int { line.status == .broken ? 0 : 1 }

    private static func make(_ rule: String) -> String {
        "autotagger generate event-pattern > pattern.json;"
            + " aws events put-rule --name \(rule) --event-pattern file://pattern.json"
    }
}
