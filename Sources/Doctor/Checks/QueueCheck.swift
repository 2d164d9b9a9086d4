internal import AutoTagger
internal import Foundation

/// Whether the queues are there, are read, and hide a message long enough.
struct QueueCheck: SiteCheck {
    /// A message this old is not being waited for any more, in seconds.
    static let stale = 900.0
    /// SQS's own default; below this a message may come back while it is still worked on, in seconds.
    static let shortestVisibility = 30

    let queues: any QueueReader
    let now: @Sendable () -> Date

    var name: String { "queue" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        let queues = try await site.queues()
        var lines = queues.missing.map { missing in
            CheckLine.broken(
                .configuration, "there is no queue \(missing)", why: "events have nowhere to wait, and are lost",
                advice: "name the right one with --queue-url; 'aws sqs list-queues --region \(site.region)' shows them")
        }
        let function = try? await site.function()?.facts
        for queue in queues.found { lines.append(try await line(queue, function)) }
        if lines.isEmpty { lines.append(.leftOut("none is named or found", advice: "name it with --queue-url")) }
        return lines
    }

    private func line(_ queue: QueueFacts, _ function: FunctionFacts?) async throws(Failure) -> CheckLine {
        if let line = Self.visibility(queue, function) { return line }
        var what = "\(queue.name): \(queue.waiting) waiting, \(queue.inFlight) being worked on"
        if queue.delayed > 0 { what += ", \(queue.delayed) put off" }
        guard queue.waiting > 0 else { return .ok(what) }
        // Its age is CloudWatch's to tell, and asked for only where something waits.
        let age: Double?
        do throws(Failure) {
            age = try await queues.ageOfOldestMessage(in: queue, now: now())
        } catch {
            return .warning(
                "\(what); how old they are is not known: \(error.message)", why: "messages wait",
                advice: "see whether the number falls: aws sqs get-queue-attributes --queue-url \(queue.url)"
                    + " --attribute-names ApproximateNumberOfMessages")
        }
        guard let age else { return .ok(what, why: "CloudWatch has not measured their age yet") }
        what += ", the oldest \(Wording.span(age)) old"
        guard age > Self.stale else { return .ok(what) }
        let reader = function.map { "the function \($0.name)" } ?? "the daemon"
        return .broken(
            .work, what, why: "nobody takes them, or not fast enough",
            advice: "see that \(reader) runs and may read the queue; its log says what it does")
    }

    private static func visibility(_ queue: QueueFacts, _ function: FunctionFacts?) -> CheckLine? {
        let visibility = queue.visibilityTimeout
        let set = "aws sqs set-queue-attributes --queue-url \(queue.url) --attributes VisibilityTimeout="
        if let function, visibility < function.timeout {
            return .broken(
                .configuration,
                "\(queue.name) hides a message for \(visibility) s, but \(function.name) may run for \(function.timeout) s",
                why: "messages come back while they are worked on; Lambda refuses such a mapping",
                advice: "\(set)\(function.timeout * 6)")
        }
        if visibility < shortestVisibility {
            return .warning(
                "\(queue.name) hides a message for \(visibility) s only",
                why:
                    "the daemon asks for longer itself; to whoever else reads it comes back before a tag can be written",
                advice: "\(set)120")
        }
        if let function, visibility < function.timeout * 6 {
            return .warning(
                "\(queue.name) hides a message for \(visibility) s, less than 6 times the \(function.timeout) s of \(function.name)",
                why: "AWS advises 6 times, since Lambda may hold a batch back", advice: "\(set)\(function.timeout * 6)")
        }
        return nil
    }
}
