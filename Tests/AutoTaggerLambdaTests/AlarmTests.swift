import AutoTaggerTesting
import Locking
import Testing

@testable import AutoTaggerLambda

@Suite struct AlarmTests {
    /// A clock on which every sleep lasts until the test ends.
    struct StuckClock: Clock {
        let inner = ContinuousClock()
        let sleeps = Locked(0)

        var now: ContinuousClock.Instant { inner.now }
        var minimumResolution: Duration { inner.minimumResolution }

        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
            sleeps.withLock { $0 += 1 }
            try await inner.sleep(for: .seconds(36_000))
        }
    }

    @Test func ringsWhenTimeIsUp() async {
        let clock = ManualClock()
        let alarm = Alarm(clock: clock)
        let (rings, ring) = AsyncStream.makeStream(of: String.self)
        _ = alarm.set(after: .seconds(3)) { ring.yield("late") }
        _ = alarm.set(after: .seconds(2)) { ring.yield("early") }
        var heard: Set<String> = []
        for await one in rings {
            heard.insert(one)
            if heard.count == 2 { break }
        }
        #expect(clock.now.offset >= .seconds(3))
    }

    @Test func thousandsThatAreCalledOffCostOneSleep() async {
        let clock = StuckClock()
        let alarm = Alarm(clock: clock)
        for _ in 0..<1000 { alarm.callOff(alarm.set(after: .seconds(3600)) {}) }
        while clock.sleeps.withLock({ $0 }) == 0 { await Task.yield() }
        #expect(clock.sleeps.withLock { $0 } == 1)
    }
}
