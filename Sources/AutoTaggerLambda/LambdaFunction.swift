public import AutoTagger
private import Composition
private import Configuration
private import CurlHTTP
private import EventSources
private import Foundation
private import Logging
private import Metering

/// The Lambda bootstrap: an invocation at a time, from the Runtime API to tags and back.
public enum LambdaFunction {
    /// Runs until Lambda ends the process; answers the exit code for when the function cannot go on.
    ///
    /// `plugins` come on top of the built-in ones, for an executable of your own.
    public static func run(plugins: [any Plugin] = []) async -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        let logger = LambdaLog.logger(environment)
        guard let host = environment["AWS_LAMBDA_RUNTIME_API"], !host.isEmpty else {
            logger.critical(
                "AWS_LAMBDA_RUNTIME_API is not set: this program runs inside Lambda; use 'autotagger' elsewhere")
            return 64
        }
        let transport = CurlTransport(configuration: CurlConfiguration(environment: environment))
        let runtime = LambdaRuntime(host: host, transport: transport)
        let meters = MeterRegistry()
        let assembly: Assembly
        do {
            assembly = Assembly(
                settings: try LambdaSettings.load(environment), environment: environment, plugins: plugins,
                transport: transport, logger: logger, metrics: meters)
        } catch {
            logger.critical("the function cannot start", metadata: ["reason": "\(error)"])
            try? await runtime.failToStart(LambdaAnswer.Failure(type: "configuration", message: "\(error)"))
            return 78
        }
        // While Lambda looks for an event there is time to open the ledger.
        let preparation = Task { try worker(of: assembly, environment, logger, meters) }
        let metrics = EmbeddedMetrics(registry: meters)
        // A function has less than one processor, and nearly all that an invocation does is wait for responses.
        let end = await withTaskExecutorPreference(transport) {
            await runtime.serve { invocation in
                do {
                    return await (try preparation.value).answer(invocation)
                } catch {
                    logger.critical("the function cannot work", metadata: ["reason": "\(error)"])
                    return LambdaAnswer(
                        .failure(LambdaAnswer.Failure(type: "configuration", message: "\(error)")),
                        lastWords: "the function cannot work: \(error)")
                }
            } noting: { notice in
                if case .refused(let requestID, let status) = notice {
                    logger.error(
                        "Lambda did not take the answer",
                        metadata: ["requestId": "\(requestID)", "status": "\(status)"])
                }
                LambdaLog.write(metrics.lines(now: Date()))
            }
        }
        logger.critical("\(end.description)")
        return 70
    }

    private static func worker(
        of assembly: Assembly, _ environment: [String: String], _ logger: Logger, _ meters: MeterRegistry
    ) throws -> InvocationWorker {
        let ledger = try assembly.ledger(at: LambdaSettings.ledger(assembly.settings, environment), now: Date())
        return InvocationWorker(
            dispatcher: try assembly.dispatcher(ledger: ledger), reader: assembly.deliveryReader(), logger: logger,
            metrics: meters, credentialsAreSpent: { assembly.credentialsAreSpent })
    }
}
