import Synchronization

/// A clock whose time passes only when somebody waits on it: hours of backoff take no time, and every wait is on record.
public final class ManualClock: Clock {
    /// An instant, counted from the clock's making.
    public struct Instant: InstantProtocol {
        /// How long after the clock's making.
        public let offset: Duration

        /// The instant that much later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        /// How much later the other one is.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Whether one comes before the other.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state: Mutex<(now: Duration, waits: [Duration])> = Mutex((.zero, []))

    /// A clock at zero.
    public init() {}

    /// The present instant.
    public var now: Instant { Instant(offset: state.withLock { $0.now }) }

    /// Any wait ends exactly on time.
    public var minimumResolution: Duration { .zero }

    /// How long was waited each time.
    public var waits: [Duration] { state.withLock { $0.waits } }

    /// Moves the clock to the deadline at once.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.waits.append(deadline.offset - state.now)
            state.now = max(state.now, deadline.offset)
        }
    }

    /// Lets time pass without anybody waiting.
    public func advance(by duration: Duration) { state.withLock { $0.now += duration } }
}
