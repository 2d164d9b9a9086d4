import AutoTaggerTesting
import Locking
import Testing

@testable import AutoTaggerLambda

@Suite struct AlarmTests {
    @Test func ringsInTimeAndNotWhenCalledOff() async {
        let clock = ManualClock()
        let alarm = Alarm(clock: clock)
        let (rings, ring) = AsyncStream.makeStream(of: String.self)
        // Set before any of them can ring: the first one's sleep is what moves this clock.
        let calledOff = alarm.set(after: .seconds(1)) { ring.yield("called off") }
        alarm.callOff(calledOff)
        _ = alarm.set(after: .seconds(3)) { ring.yield("late") }
        _ = alarm.set(after: .seconds(2)) { ring.yield("early") }
        var heard: [String] = []
        for await one in rings {
            heard.append(one)
            if heard.count == 2 { break }
        }
        #expect(Set(heard) == ["early", "late"])
        #expect(clock.now.offset >= .seconds(3))
    }

    @Test func thousandsThatAreCalledOffCostOneSleep() {
        let clock = ManualClock()
        let alarm = Alarm(clock: clock)
        for _ in 0..<1000 { alarm.callOff(alarm.set(after: .seconds(3600)) {}) }
        #expect(clock.waits.count <= 2)
    }
}
