internal import AutoTagger

/// Whether what cannot be worked on is kept, and whether something is.
struct DeadLetterQueueCheck: SiteCheck {
    let reader: any QueueReader

    var name: String { "dead letters" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        guard let queues = try? await site.queues().found else { return [.leftOut(for: "queue")] }
        var lines: [CheckLine] = []
        for queue in queues { lines.append(try await line(queue)) }
        return lines.isEmpty ? [.leftOut("there is no queue that could have any")] : lines
    }

    private func line(_ queue: QueueFacts) async throws(Failure) -> CheckLine {
        guard let arn = queue.deadLetterARN, let parts = ARNParts(arn) else {
            return .warning(
                "\(queue.name) has no dead-letter queue",
                why: "an event that fails comes again until the queue drops it, and nobody learns of it",
                advice: "aws sqs set-queue-attributes --queue-url \(queue.url) --attributes RedrivePolicy=…")
        }
        // Of the same account and region only the name differs, which saves asking for the URL.
        let own = ARNParts(queue.arn)
        let isNear = own?.account == parts.account && own?.region == parts.region
        let url = isNear ? QueueURL.sibling(of: queue.url, named: parts.resource) : try await reader.url(of: parts)
        guard let url, let dead = try await reader.queue(at: url, in: parts.region) else {
            return .broken(
                .configuration, "\(queue.name) sends its dead letters to \(parts.resource), which is not there",
                why: "SQS cannot put them away, so they come again for ever",
                advice: "make the queue, or take another: aws sqs set-queue-attributes --queue-url \(queue.url)"
                    + " --attributes RedrivePolicy=…")
        }
        let held = dead.waiting + dead.inFlight + dead.delayed
        guard held == 0 else {
            return .broken(
                .work, "\(parts.resource) holds \(Wording.count(held, "event")) that could not be worked on",
                why: "each was delivered \(queue.maximumReceives.map(String.init) ?? "several") times and failed",
                advice: "autotagger ledger list --outcome dead tells why; once mended,"
                    + " aws sqs start-message-move-task --source-arn \(arn)")
        }
        return .ok("\(parts.resource) is empty")
    }
}
