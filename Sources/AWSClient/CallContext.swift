internal import CurlHTTP
internal import Foundation
internal import Logging

/// What all calls of one client share.
final class CallContext: Sendable {
    let configuration: AWSConfiguration
    let transport: any HTTPTransport
    let settings: SharedSettings
    let endpoints: EndpointResolver
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let random: @Sendable () -> Double
    let logger: Logger
    let signer = SigV4Signer()
    let quota = RetryQuota()
    let skew = ClockSkew()
    let runProcess: AWSProcessRunner

    init(
        configuration: AWSConfiguration,
        transport: any HTTPTransport,
        settings: SharedSettings,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Date,
        random: @escaping @Sendable () -> Double,
        runProcess: @escaping AWSProcessRunner,
        logger: Logger
    ) {
        self.configuration = configuration
        self.transport = transport
        self.settings = settings
        self.endpoints = EndpointResolver(configuration: configuration, settings: settings)
        self.clock = clock
        self.now = now
        self.random = random
        self.runProcess = runProcess
        self.logger = logger
    }
}
