internal import AutoTagger

/// Whether the function is there and is fed.
struct FunctionCheck: SiteCheck {
    /// The ledger that is looked at.
    let ledger: String

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
        guard let queues = try? await site.queues().found else { return [.leftOut(for: "queue")] }
        var lines = queues.map { queue in
            let mapping = function.mappings.first { $0.source == queue.arn }
            return mapping.map { Self.line($0, facts, queue) } ?? Self.unfed(facts, queue)
        }
        if queues.isEmpty { lines.append(.ok("\(facts.name) is there, and is called by the rule itself")) }
        return lines + [memory(of: facts)].compactMap(\.self)
    }

    /// Where the function remembers what it did, unless that is what is looked at here.
    private func memory(of function: FunctionFacts) -> CheckLine? {
        guard let own = function.environment["AUTOTAGGER_LEDGER"], own.contains("://") else {
            // Its settings may name a table, and are not to be seen from here.
            if function.environment["AUTOTAGGER_SETTINGS"] != nil || function.environment["AUTOTAGGER_CONFIG"] != nil {
                return nil
            }
            return .warning(
                "\(function.name) keeps its ledger in a file of its own",
                why: "each of Lambda's environments then has another memory, which ends with it",
                advice: "give the function AUTOTAGGER_LEDGER=dynamodb://TABLE")
        }
        // A table without a region is in that of the settings, which the place looked at spells out.
        guard ledger != own, !ledger.hasPrefix(own + "?") else { return nil }
        return .warning(
            "\(function.name) keeps its ledger in \(own), and \(ledger) is looked at here",
            why: "'last event', 'skipped' and 'failures' tell of another memory than the function's",
            advice: "run autotagger doctor with --ledger \(own)")
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
