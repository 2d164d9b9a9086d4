internal import Foundation

/// AWS's standard retry mode: how often, and how long to wait before.
public struct RetryPolicy: Sendable, Hashable {
    /// The most requests that one call makes, the first included.
    public var maximumAttempts: Int
    /// No wait is longer, unless the server itself asks for it.
    public var maximumBackoff: Duration
    /// The first wait's bound after a failure that passes; it doubles with every further one.
    public var baseBackoff: Duration
    /// The same after being throttled: a service that is asked to slow down should be left alone for longer.
    public var throttledBackoff: Duration

    /// AWS's values.
    public init(
        maximumAttempts: Int = 3,
        maximumBackoff: Duration = .seconds(20),
        baseBackoff: Duration = .milliseconds(50),
        throttledBackoff: Duration = .seconds(1)
    ) {
        self.maximumAttempts = maximumAttempts
        self.maximumBackoff = maximumBackoff
        self.baseBackoff = baseBackoff
        self.throttledBackoff = throttledBackoff
    }

    /// AWS's values for one service.
    ///
    /// DynamoDB answers within milliseconds and fails over as fast, so its SDKs try once more and wait half as long.
    static func standard(for service: AWSService) -> RetryPolicy {
        service.endpointPrefix == "dynamodb"
            ? RetryPolicy(maximumAttempts: 4, baseBackoff: .milliseconds(25)) : RetryPolicy()
    }

    /// How long to wait before attempt `retry + 1`, with full jitter.
    ///
    /// - Parameters:
    ///   - retry: 1 for the first retry.
    ///   - random: uniform in 0 up to 1.
    ///   - asked: what the server asked for, which is taken within reason: at least the own wait, at most 5 s more.
    func delay(retry: Int, isThrottled: Bool, random: Double, asked: Duration?) -> Duration {
        let base = isThrottled ? throttledBackoff : baseBackoff
        let bound = min(base * (1 << min(retry - 1, 30)), maximumBackoff)
        let own = bound * random
        guard let asked else { return own }
        return min(max(asked, own), own + .seconds(5))
    }
}
