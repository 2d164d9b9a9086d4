internal import AutoTagger

/// Whether EventBridge may send to where the rules lead: a refused event is dropped without a word.
struct DeliveryCheck: SiteCheck {
    private static let sender = "events.amazonaws.com"

    var name: String { "delivery" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        guard let rules = try? await site.rules() else { return [.leftOut(for: "rule")] }
        guard let queues = try? await site.queues().found else { return [.leftOut(for: "queue")] }
        let account = try await site.caller().accountID
        var lines: [CheckLine] = []
        for rule in rules.found {
            for target in rules.targets[rule.name] ?? [] {
                if let queue = queues.first(where: { $0.arn == target.arn }) {
                    lines.append(Self.line(queue, rule, account))
                } else if let function = try await site.function()?.facts, function.arn == target.arn {
                    lines.append(try await Self.line(function, rule, account, site))
                }
            }
        }
        guard !lines.isEmpty else { return [.leftOut("no rule leads to a queue or function of ours")] }
        // Many rules for one queue mostly share one answer.
        return lines.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func line(_ queue: QueueFacts, _ rule: RuleFacts, _ account: String) -> CheckLine {
        // By the EventBridge user guide the key that AWS manages for SQS cannot be used: its policy cannot be changed.
        if queue.kmsKey == "alias/aws/sqs" {
            return .broken(
                .configuration, "\(queue.name) is encrypted with the key alias/aws/sqs, which EventBridge may not use",
                why: "every event is dropped at the queue",
                advice: "aws sqs set-queue-attributes --queue-url \(queue.url)"
                    + " --attributes KmsMasterKeyId=,SqsManagedSseEnabled=true")
        }
        let what = "\(queue.name) takes events from \(sender)"
        return line(
            queue.policy, "sqs:SendMessage", queue.arn, queue.name, rule, account,
            advice: "aws sqs set-queue-attributes --queue-url \(queue.url) --attributes Policy=…, with a statement that"
                + " allows the service \(sender) sqs:SendMessage where aws:SourceArn is \(rule.arn)",
            ok: .ok(what, why: queue.kmsKey.map { "the policy of its key, \($0), must let \(sender) use it, too" }))
    }

    private static func line(
        _ function: FunctionFacts, _ rule: RuleFacts, _ account: String, _ site: Site
    ) async throws(Failure) -> CheckLine {
        let policy = try await site.functions.policy(ofFunction: function.name, in: site.region)
        return line(
            policy, "lambda:InvokeFunction", function.arn, function.name, rule, account,
            advice: "aws lambda add-permission --function-name \(function.name) --statement-id events --action"
                + " lambda:InvokeFunction --principal \(sender) --source-arn \(rule.arn)",
            ok: .ok("\(function.name) takes events from \(sender)"))
    }

    private static func line(
        _ policy: String?, _ action: String, _ arn: String, _ name: String, _ rule: RuleFacts, _ account: String,
        advice: String, ok: CheckLine
    ) -> CheckLine {
        let context = [
            "aws:sourcearn": rule.arn, "aws:sourceaccount": account, "aws:securetransport": "true",
            "aws:principalservicename": sender, "aws:principalisawsservice": "true",
        ]
        let answer = policy.flatMap { ResourcePolicy($0) }?
            .answer(service: sender, action: action, resource: arn, context: context)
        switch answer ?? .notAllowed {
        case .allowed: return ok
        case .depends(let condition):
            return .warning(
                "whether \(name) takes events from the rule \(rule.name) hangs on \(condition)",
                why: "the doctor cannot judge that condition", advice: "see the metric FailedInvocations of the rule")
        case .denied, .notAllowed:
            let verb = answer == .denied ? "forbids" : "does not allow"
            return .broken(
                .permission, "the policy of \(name) \(verb) \(sender) \(action) for the rule \(rule.name)",
                why: "EventBridge drops what it cannot deliver, and tells only the metric FailedInvocations",
                advice: advice)
        }
    }
}
