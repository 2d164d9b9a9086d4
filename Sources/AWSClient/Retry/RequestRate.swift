internal import Synchronization

/// Keeps requests below a rate of our own choosing, for each account, region and operation, as AWS itself counts them.
final class RequestRate: Sendable {
    /// What AWS counts by.
    struct Key: Hashable, Sendable {
        var account: String?
        var region: String
        var operation: String
    }

    private let interval: Duration
    private let elapsed: @Sendable () -> Duration
    private let nextFree = Mutex<[Key: Duration]>([:])

    init(perSecond: Double, clock: any Clock<Duration>) {
        interval = .seconds(1) / max(perSecond, 0.001)
        elapsed = Self.stopwatch(clock)
    }

    /// How long to wait before the next request; the place is taken already, so that callers line up.
    func reserve(_ key: Key) -> Duration {
        let now = elapsed()
        return nextFree.withLock { nextFree in
            let start = max(nextFree[key] ?? now, now)
            nextFree[key] = start + interval
            return start - now
        }
    }

    private static func stopwatch<C: Clock>(_ clock: C) -> @Sendable () -> Duration where C.Duration == Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
