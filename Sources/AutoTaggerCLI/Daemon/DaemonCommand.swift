import ArgumentParser
import AutoTagger
import CloudTrail
import Composition
import Configuration
import Daemon
import EventSources
import Metering

/// `autotagger daemon`.
struct DaemonCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Tags what the events in SQS queues call for, until told to stop.",
        discussion: """
            Receives messages by long polling, and deletes a message only when every event in \
            it is done. What must wait is handed out again when it is due; what can never be \
            done is left to the queue's dead-letter queue. Messages may be what an EventBridge \
            rule, an SNS topic or a bucket of log files sends.

            SIGTERM and SIGINT end it with 0 within ten seconds: it finishes or gives back what \
            is under work, and nothing is lost. /healthz, /readyz and /metrics are answered at \
            the health address.

            Ends with 78 when a queue does not exist or a setting is wrong.

            Examples:
              autotagger daemon --queue-url https://sqs.eu-central-1.amazonaws.com/123456789012/autotagger
              autotagger daemon --config /etc/autotagger.yaml --log-format json
              curl -s http://127.0.0.1:9464/metrics | grep autotagger_messages
            """
    )

    @OptionGroup var options: DaemonArguments
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let resolved = try options.resolved(in: context.environment, loaded.settings.daemon)
        let metrics = MeterRegistry()
        let assembly = loaded.assembly(metrics: metrics)
        let dispatcher = try assembly.dispatcher(
            ledger: assembly.ledger(at: loaded.ledger, now: context.now()))
        let deliveries = assembly.deliveryReader()
        let daemon = QueueDaemon(
            ports: DaemonPorts(
                queues: assembly.queues(resolved.queues, receivers: resolved.options.receivers),
                open: { body throws(EnvelopeError) in try await deliveries.open(body) },
                process: { await dispatcher.process($0) }, executor: assembly.executor, now: context.now,
                logger: loaded.logger, metrics: metrics),
            options: resolved.options, healthAddress: resolved.health, metricsText: { metrics.prometheusText() })
        do {
            try await daemon.run()
        } catch let error as DaemonError {
            throw CommandFailure(code: "daemon", message: error.description, exitCode: .configuration)
        }
    }
}
