import Foundation
import Synchronization

/// A clock that jumps over every wait and remembers it, so that no test waits and every wait can be checked.
final class VirtualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Swift.Duration
        func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    private struct State {
        var time = Swift.Duration.zero
        var waits: [Swift.Duration] = []
    }

    private let state = Mutex(State())
    let minimumResolution = Swift.Duration.zero

    var now: Instant { Instant(offset: state.withLock { $0.time }) }
    var waits: [Swift.Duration] { state.withLock { $0.waits } }

    func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.waits.append(deadline.offset - state.time)
            state.time = max(state.time, deadline.offset)
        }
        await Task.yield()
    }

    /// The wall clock that goes with it, from a moment of the tests' own.
    func date() -> Date {
        let (seconds, attoseconds) = now.offset.components
        return Date(timeIntervalSince1970: 1_440_938_160 + Double(seconds) + Double(attoseconds) / 1e18)
    }

    func advance(by duration: Swift.Duration) {
        state.withLock { $0.time += duration }
    }
}
