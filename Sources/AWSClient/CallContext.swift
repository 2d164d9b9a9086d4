internal import CurlHTTP
internal import Foundation
internal import Locking
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
    let quota: RetryQuota
    let pace: RequestPace
    let skew: ClockSkew
    let bucketRegions: BucketRegions
    let runProcess: AWSProcessRunner
    /// How many attempts the settings allow, once they were asked: they do not change while a client lives.
    private let allowedAttempts = Locked<AllowedAttempts?>(nil)
    /// Whether credentials ended that only a new process gets anew.
    let credentialsAreSpent: Locked<Bool>

    init(
        configuration: AWSConfiguration,
        transport: any HTTPTransport,
        settings: SharedSettings,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Date,
        random: @escaping @Sendable () -> Double,
        runProcess: @escaping AWSProcessRunner,
        quota: RetryQuota = RetryQuota(),
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
        self.quota = quota
        self.pace = RequestPace(maximumPerSecond: configuration.requestsPerSecond, clock: clock)
        self.logger = logger
        skew = ClockSkew()
        bucketRegions = BucketRegions()
        credentialsAreSpent = Locked(false)
    }

    /// The same over another transport or for services elsewhere; what was learnt of AWS goes for both.
    init(of other: CallContext, configuration: AWSConfiguration, transport: any HTTPTransport) {
        self.configuration = configuration
        self.transport = transport
        settings = other.settings
        endpoints = EndpointResolver(configuration: configuration, settings: other.settings)
        clock = other.clock
        now = other.now
        random = other.random
        runProcess = other.runProcess
        quota = other.quota
        pace = other.pace
        logger = other.logger
        skew = other.skew
        bucketRegions = other.bucketRegions
        credentialsAreSpent = other.credentialsAreSpent
    }

    /// How calls of a service are repeated: as configured, else as AWS does with the settings' number of attempts.
    func retryPolicy(for service: AWSService) -> RetryPolicy {
        if let configured = configuration.retry { return configured }
        var policy = RetryPolicy.standard(for: service)
        if let attempts = attemptsOfSettings() { policy.maximumAttempts = attempts }
        return policy
    }

    private struct AllowedAttempts {
        let count: Int?
    }

    private func attemptsOfSettings() -> Int? {
        if let known = allowedAttempts.withLock(\.self) { return known.count }
        var text = settings.nonEmpty("AWS_MAX_ATTEMPTS")
        if text == nil {
            // Files that cannot be read now are asked again.
            do { text = try settings.profile()?["max_attempts"] } catch { return nil }
        }
        let count = text.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        allowedAttempts.withLock { $0 = AllowedAttempts(count: count) }
        return count
    }
}
