internal import AutoTagger
internal import CloudTrail
internal import CoreMetrics
internal import EventSources
internal import Foundation
internal import JSON
internal import Logging

/// Turns one invocation into its answer.
///
/// A queue's batch is answered message by message (`batchItemFailures`), so that only what failed comes again. Anything else
/// succeeds or fails as a whole, and Lambda tries a failed one again where its source allows it.
struct InvocationWorker: Sendable {
    let dispatcher: Dispatcher
    let reader: DeliveryReader
    let logger: Logger
    var metrics: any MetricsFactory = NOOPMetricsHandler.instance
    /// Whether AWS said that the process's credentials have ended, whoever asked it: a tagger, the ledger, a log file.
    var credentialsAreSpent: @Sendable () -> Bool = { false }
    var alarm = Alarm()
    var now: @Sendable () -> Date = { Date() }

    func answer(_ invocation: LambdaInvocation) async -> LambdaAnswer {
        var logger = logger
        logger[metadataKey: "requestId"] = "\(invocation.requestID)"
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: invocation.body)
        } catch {
            let message = invocation.body.isEmpty ? "the event is empty" : "the event is not JSON: \(error.message)"
            logger.error("an invocation is no CloudTrail event", metadata: ["reason": "\(message)"])
            return LambdaAnswer(.failure(.init(type: EnvelopeError.Code.notJSON.rawValue, message: message)))
        }
        let budget = TimeBudget(deadline: invocation.deadline, now: now())
        if !budget.isBelievable {
            logger.warning("the clock is wrong or the deadline is: working as if three seconds were left")
        }
        let items = Envelope.open(document)
        var run = TimedRun(items, worker: self, budget: budget, logger: logger)
        await run.work()
        count(run.verdicts)
        let lastWords =
            credentialsAreSpent() ? "the function's credentials have expired: a fresh process gets new ones" : nil
        let result = QueueBatch(document).map { batchAnswer($0, run) } ?? wholeAnswer(run)
        return LambdaAnswer(result.map { Data($0.compactText.utf8) }, lastWords: lastWords)
    }

    /// A message comes again when any of its items is not done.
    private func batchAnswer(_ batch: QueueBatch, _ run: TimedRun) -> Result<JSONValue, LambdaAnswer.Failure> {
        var failed: Set<String> = []
        for (item, verdict) in zip(run.items, run.verdicts) where !verdict.isDone {
            // What has no name cannot be handed back alone.
            guard let id = item.messageID, !id.isEmpty else { return .failure(verdict.failure) }
            failed.insert(id)
        }
        return .success(batch.answer(failed))
    }

    private func wholeAnswer(_ run: TimedRun) -> Result<JSONValue, LambdaAnswer.Failure> {
        if let open = run.verdicts.first(where: { !$0.isDone }) { return .failure(open.failure) }
        return .success([
            "events": .integer(Int64(run.outcomes.values.reduce(0, +))),
            "outcomes": .object(run.outcomes.mapValues { .integer(Int64($0)) }),
        ])
    }

    /// The items by what became of them: words of ours, all of them few.
    private func count(_ verdicts: [ItemVerdict]) {
        for verdict in verdicts {
            Counter(
                label: "autotagger_lambda_items_total", dimensions: [("result", verdict.label)], factory: metrics
            ).increment()
        }
    }
}
