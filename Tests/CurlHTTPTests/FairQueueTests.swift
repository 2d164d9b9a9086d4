import Testing

@testable import CurlHTTP

@Suite struct FairQueueTests {
    private func drain(_ queue: inout FairQueue<String>) -> [String] {
        var order: [String] = []
        while let next = queue.start() {
            order.append(next)
            queue.finish(lane: String(next.prefix(1)))
        }
        return order
    }

    @Test func hostsTakeTurns() {
        var queue = FairQueue<String>(limit: 1, limitPerLane: 1)
        for name in ["a1", "a2", "a3", "b1", "c1", "b2"] { queue.append(name, to: String(name.prefix(1))) }
        #expect(drain(&queue) == ["a1", "b1", "c1", "a2", "b2", "a3"])
        #expect(queue.isEmpty)
        #expect(queue.running == 0)
    }

    @Test func aFullHostLeavesPlacesToOthers() {
        var queue = FairQueue<String>(limit: 3, limitPerLane: 2)
        for name in ["a1", "a2", "a3", "b1", "b2"] { queue.append(name, to: String(name.prefix(1))) }
        #expect([queue.start(), queue.start(), queue.start()] == ["a1", "b1", "a2"])
        #expect(queue.start() == nil)
        queue.finish(lane: "a")
        #expect(queue.start() == "b2")
    }

    @Test func aLongLineKeepsItsOrder() {
        var queue = FairQueue<String>(limit: 1, limitPerLane: 1)
        let names = (0..<1000).map { "a\($0)" }
        for name in names { queue.append(name, to: "a") }
        #expect(drain(&queue) == names)
    }

    @Test func whatIsTakenOutNeverStarts() {
        var queue = FairQueue<String>(limit: 4, limitPerLane: 4)
        for name in ["a1", "b1", "a2", "c1"] { queue.append(name, to: String(name.prefix(1))) }
        #expect(Set(queue.remove { $0.hasSuffix("1") }) == ["a1", "b1", "c1"])
        #expect(drain(&queue) == ["a2"])
    }
}
