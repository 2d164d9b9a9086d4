internal import AutoTagger
internal import CloudTrail
internal import EventBridge
internal import JSON

/// Whether the rules' patterns let through every event that an enabled handler waits for.
struct PatternCheck: SiteCheck {
    let roster: Asked<HandlerRoster>

    var name: String { "pattern" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        guard let rules = try? await site.rules().found.filter(\.isEnabled) else { return [.leftOut(for: "rule")] }
        guard !rules.isEmpty else { return [.leftOut("there is no rule that is on")] }
        let triggers = await roster().triggers
        let account = try await site.caller().accountID
        var lines: [CheckLine] = []
        var patterns: [EventBridgePattern] = []
        for rule in rules {
            do throws(PatternError) {
                // A rule without a pattern is a schedule and lets nothing through.
                if let text = rule.pattern { patterns.append(try EventBridgePattern(text)) }
            } catch {
                lines.append(
                    .warning(
                        "what \(rule.name) lets through cannot be judged here: \(error.message)",
                        why: "a part of its pattern is not known to the doctor",
                        advice: "aws events test-event-pattern --event-pattern … --event …"))
            }
        }
        guard lines.isEmpty || !patterns.isEmpty else { return lines }
        let missed = triggers.filter { trigger in
            let event = SampleEvent.of(trigger, account: account, region: site.region)
            return !patterns.contains { $0.matches(event, assuming: SampleEvent.isUnknown) }
        }
        lines.insert(Self.line(missed, of: triggers.count, rules.map(\.name)), at: 0)
        return lines + Self.narrowing(patterns)
    }

    private static func line(_ missed: [Trigger], of total: Int, _ rules: [String]) -> CheckLine {
        guard !missed.isEmpty else {
            return .ok("lets through all \(Wording.count(total, "event")) that handlers wait for")
        }
        let examples = Wording.some(missed.map(\.description))
        let advice =
            "autotagger generate event-pattern prints the one that fits;"
            + " aws events put-rule --name \(rules[0]) --event-pattern … sets it"
        let why = "events that no rule lets through never come"
        guard missed.count == total else {
            return .warning(
                "\(missed.count) of \(total) events that handlers wait for do not pass: \(examples)", why: why,
                advice: "\(advice); or switch these handlers off")
        }
        return .broken(
            .configuration, "none of the \(total) events that handlers wait for passes: \(examples)", why: why,
            advice: advice)
    }

    /// Conditions on what only the event itself can tell, such as who made the call.
    private static func narrowing(_ patterns: [EventBridgePattern]) -> [CheckLine] {
        let fields = patterns.reduce(into: Set<String>()) { $0.formUnion($1.fields.filter(SampleEvent.isUnknown)) }
        guard !fields.isEmpty else { return [] }
        return [
            .warning(
                "the pattern also asks about \(fields.sorted().joined(separator: ", "))",
                why: "events that do not meet that never come",
                advice: "take it out of the pattern if that is not meant")
        ]
    }
}

/// The event that EventBridge would hand over for a trigger, as far as it is known before it happens.
///
/// "AWS service events delivered via AWS CloudTrail" in the EventBridge user guide.
enum SampleEvent {
    private static let known: Set<String> = [
        "version", "source", "detail-type", "account", "region", "detail.eventSource", "detail.eventName",
        "detail.awsRegion", "detail.readOnly", "detail.eventType", "detail.managementEvent", "detail.eventCategory",
        "detail.recipientAccountId", "detail.errorCode", "detail.errorMessage",
    ]

    /// Whether only the event itself can tell a field.
    static func isUnknown(_ path: String) -> Bool { !known.contains(path) }

    static func of(_ trigger: Trigger, account: String, region: String) -> JSONValue {
        let service = trigger.eventSource.prefix { $0 != "." }
        return [
            "version": "0", "source": .string("aws.\(service)"), "detail-type": "AWS API Call via CloudTrail",
            "account": .string(account), "region": .string(region),
            "detail": [
                "eventSource": .string(trigger.eventSource), "eventName": .string(trigger.eventName),
                "awsRegion": .string(region), "readOnly": false, "eventType": "AwsApiCall", "managementEvent": true,
                "eventCategory": "Management", "recipientAccountId": .string(account),
            ],
        ]
    }
}
