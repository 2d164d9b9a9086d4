public import AutoTagger
private import CloudTrail
private import Composition
private import Configuration
private import CurlHTTP
private import EventSources
private import Foundation
private import JSON
private import Logging

/// The Lambda bootstrap: an invocation at a time, from the Runtime API to tags and back.
public enum LambdaFunction {
    /// Runs until Lambda ends the process; answers the exit code for when the function cannot go on.
    ///
    /// `plugins` come on top of the built-in ones, for an executable of your own.
    public static func run(plugins: [any Plugin] = []) async -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        let logger = LogOutput.logger(
            label: "autotagger-lambda", level: LambdaSettings.logLevel(in: environment),
            asJSON: environment["AWS_LAMBDA_LOG_FORMAT"]?.uppercased() == "JSON")
        guard let host = environment["AWS_LAMBDA_RUNTIME_API"], !host.isEmpty else {
            logger.critical(
                "AWS_LAMBDA_RUNTIME_API is not set: this program runs inside Lambda; use 'autotagger' elsewhere")
            return 64
        }
        let transport = CurlTransport(configuration: CurlConfiguration(environment: environment))
        let runtime = LambdaRuntime(host: host, transport: transport)
        do {
            let settings = try LambdaSettings.load(environment)
            let assembly = Assembly(
                settings: settings, environment: environment, plugins: plugins, transport: transport, logger: logger)
            let ledger = try assembly.ledger(at: LambdaSettings.ledger(settings, environment), now: Date())
            let worker = InvocationWorker(dispatcher: try assembly.dispatcher(ledger: ledger), logger: logger)
            while true { try await serve(try await runtime.next(), runtime, worker) }
        } catch let error as LambdaRuntime.RuntimeError {
            logger.critical("\(error.description)")
            return 70
        } catch {
            logger.critical("the function cannot start", metadata: ["reason": "\(error)"])
            try? await runtime.failToStart(type: "Configuration", message: "\(error)")
            return 78
        }
    }

    private static func serve(
        _ invocation: LambdaRuntime.Invocation, _ runtime: LambdaRuntime, _ worker: InvocationWorker
    ) async throws {
        switch await worker.answer(invocation) {
        case .success(let body): try await runtime.respond(to: invocation, Data(body.compactText.utf8))
        case .failure(let failure): try await runtime.fail(invocation, type: failure.code, message: failure.message)
        }
    }
}
