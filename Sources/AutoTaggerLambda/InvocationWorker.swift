internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Foundation
internal import JSON
internal import Logging

/// Turns one invocation into its answer.
///
/// A queue's batch is answered message by message (`batchItemFailures`), so that only what failed comes again. Anything else
/// succeeds or fails as a whole, and Lambda tries a failed one again.
struct InvocationWorker: Sendable {
    /// Time kept back for settling and answering before Lambda ends the process.
    private static let reserve: TimeInterval = 5

    let dispatcher: Dispatcher
    let logger: Logger

    func answer(_ invocation: LambdaRuntime.Invocation) async -> Result<JSONValue, Failure> {
        let items: [Envelope.Item]
        do {
            items = try Envelope.open(invocation.body)
        } catch {
            return .failure(.unreadable(error))
        }
        let remaining = max(0, invocation.deadline.timeIntervalSinceNow - Self.reserve)
        let bounded = dispatcher.bounded(to: .seconds(min(remaining, 86_400)))
        let events = items.compactMap { try? $0.content.get() }
        let reports = await bounded.process(events)
        for report in reports { log(report) }
        let isQueueBatch = items.contains { $0.messageID != nil }
        return isQueueBatch ? .success(batchAnswer(items, reports)) : wholeAnswer(items, reports)
    }

    /// A message comes again when any of its events is not done, or when it holds no event at all.
    private func batchAnswer(_ items: [Envelope.Item], _ reports: [EventReport]) -> JSONValue {
        var failed: [String] = []
        var remaining = reports[...]
        for item in items {
            let isDone: Bool
            switch item.content {
            case .success: isDone = remaining.popFirst()?.outcome.isDone ?? false
            case .failure(let error):
                isDone = false
                logger.error("a message is no CloudTrail event", metadata: ["reason": "\(error.message)"])
            }
            if !isDone, let id = item.messageID, !failed.contains(id) { failed.append(id) }
        }
        return ["batchItemFailures": .array(failed.map { ["itemIdentifier": .string($0)] })]
    }

    private func wholeAnswer(_ items: [Envelope.Item], _ reports: [EventReport]) -> Result<JSONValue, Failure> {
        for case .failure(let error) in items.map(\.content) { return .failure(.unreadable(error)) }
        if let open = reports.first(where: { !$0.outcome.isDone }) {
            return .failure(
                open.error
                    ?? Failure(
                        code: open.outcome.rawValue, message: "event \(open.eventID) is not done", isTransient: true,
                        kind: .service))
        }
        let outcomes = Dictionary(grouping: reports, by: \.outcome.rawValue).mapValues {
            JSONValue.integer(Int64($0.count))
        }
        return .success(["events": .integer(Int64(reports.count)), "outcomes": .object(outcomes)])
    }

    private func log(_ report: EventReport) {
        var metadata: Logger.Metadata = [
            "eventID": "\(report.eventID)", "event": "\(report.eventSource)/\(report.eventName)",
            "outcome": "\(report.outcome.rawValue)",
        ]
        if let reason = report.reason { metadata["reason"] = "\(reason.rawValue)" }
        if let identity = report.identity { metadata["creator"] = "\(identity.name)" }
        if let error = report.error { metadata["error"] = "\(error.code): \(error.message)" }
        logger.log(level: report.outcome.isDone ? .info : .error, "event processed", metadata: metadata)
    }
}

extension Failure {
    fileprivate static func unreadable(_ error: EnvelopeError) -> Failure {
        Failure(code: error.code.rawValue, message: error.message, isTransient: false, kind: .service)
    }
}
