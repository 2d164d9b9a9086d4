internal import AutoTagger

/// Whether the function is there and is fed.
struct FunctionCheck: SiteCheck {
    let functions: any FunctionReader

    var name: String { "function" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        guard let function = try await site.function() else {
            guard let name = site.names.function else {
                return [.leftOut("none is named or found", advice: "name it with --function, where there is one")]
            }
            return [
                .broken(
                    .configuration, "there is no function \(name) in \(site.region)", why: "nobody takes the events",
                    advice: "name the right one with --function; 'aws lambda list-functions' shows them")
            ]
        }
        let facts = function.facts
        guard facts.state == "Active" || facts.state == "Inactive" || facts.state.isEmpty else {
            return [
                .broken(
                    .configuration, "\(facts.name) is \(facts.state)", why: "Lambda cannot run it",
                    advice: "aws lambda get-function-configuration --function-name \(facts.name) says why")
            ]
        }
        let queues = try await site.queues().found
        guard !queues.isEmpty else { return [.ok("\(facts.name) is there, and is called by the rule itself")] }
        return queues.map { queue in
            let mapping = function.mappings.first { $0.source == queue.arn }
            return mapping.map { Self.line($0, facts, queue) } ?? Self.unfed(facts, queue)
        }
    }

    private static func unfed(_ function: FunctionFacts, _ queue: QueueFacts) -> CheckLine {
        .broken(
            .configuration, "nothing hands the messages of \(queue.name) to \(function.name)",
            why: "there is no event source mapping between them",
            advice: "aws lambda create-event-source-mapping --function-name \(function.name) --event-source-arn"
                + " \(queue.arn) --function-response-types ReportBatchItemFailures")
    }

    private static func line(_ mapping: MappingFacts, _ function: FunctionFacts, _ queue: QueueFacts) -> CheckLine {
        let update = "aws lambda update-event-source-mapping --uuid \(mapping.id)"
        if mapping.state.hasPrefix("Disabl") {
            return .broken(
                .configuration, "the mapping from \(queue.name) to \(function.name) is switched off",
                why: "messages wait and nobody takes them", advice: "\(update) --enabled")
        }
        if !mapping.reportsItemFailures {
            return .broken(
                .configuration,
                "the mapping from \(queue.name) to \(function.name) does not report failures by message",
                why: "Lambda deletes a whole batch though some of it failed, and those events are lost",
                advice: "\(update) --function-response-types ReportBatchItemFailures")
        }
        if let result = mapping.lastResult, result.hasPrefix("PROBLEM") {
            return .broken(
                .work, "\(function.name) did not take the last batch: \(result)", why: "Lambda says so of the mapping",
                advice: "see the function's log: aws logs tail /aws/lambda/\(function.name)")
        }
        return .ok("\(function.name) is fed from \(queue.name)")
    }
}
