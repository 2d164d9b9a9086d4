/// What waits for a connection: first come, first served within a host, and hosts take turns.
///
/// libcurl queues transfers too, but in one line for all hosts, so that one slow service would stop every other.
struct FairQueue<Element> {
    private struct Lane {
        var waiting: [Element] = []
        var head = 0
        var running = 0

        var isEmpty: Bool { head == waiting.count }

        /// Puts one at the end; whether it is the first that waits.
        mutating func append(_ element: Element) -> Bool {
            defer { waiting.append(element) }
            return isEmpty
        }

        /// Lets the first go; `isLast` when nothing waits behind it.
        mutating func start() -> (element: Element, isLast: Bool) {
            running += 1
            let element = next()
            return (element, isEmpty)
        }

        private mutating func next() -> Element {
            let element = waiting[head]
            head += 1
            // Dropping what was served only now and then keeps a long line from being moved for each one served.
            if head == waiting.count || head >= 256 {
                waiting.removeFirst(head)
                head = 0
            }
            return element
        }
    }

    private var lanes: [String: Lane] = [:]
    /// The hosts that have something waiting, in the order of their turns.
    private var turns: [String] = []
    private(set) var running = 0
    private let limit: Int
    private let limitPerLane: Int

    /// A queue that lets at most `limit` run in all and `limitPerLane` of one host.
    init(limit: Int, limitPerLane: Int) {
        self.limit = max(1, limit)
        self.limitPerLane = max(1, limitPerLane)
    }

    var isEmpty: Bool { turns.isEmpty }

    mutating func append(_ element: Element, to lane: String) {
        if lanes[lane, default: Lane()].append(element) { turns.append(lane) }
    }

    /// The next that may run, which then counts as running until ``finish(lane:)``; `nil` when all must wait.
    mutating func start() -> Element? {
        guard running < limit else { return nil }
        guard let turn = turns.firstIndex(where: { lanes[$0, default: Lane()].running < limitPerLane }) else {
            return nil
        }
        let name = turns.remove(at: turn)
        let (element, isLast) = lanes[name, default: Lane()].start()
        running += 1
        if !isLast { turns.append(name) }
        return element
    }

    /// Gives back the place of one that ran.
    mutating func finish(lane: String) {
        running -= 1
        lanes[lane]?.running -= 1
        if let rest = lanes[lane], rest.running == 0, rest.isEmpty { lanes[lane] = nil }
    }

    /// Takes out all waiting ones that `matches` picks, in no particular order.
    mutating func remove(where matches: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        for name in turns {
            guard var lane = lanes[name] else { continue }
            let waiting = lane.waiting[lane.head...]
            let kept = waiting.filter { !matches($0) }
            guard kept.count < waiting.count else { continue }
            removed += waiting.filter(matches)
            lane.waiting = kept
            lane.head = 0
            lanes[name] = lane.waiting.isEmpty && lane.running == 0 ? nil : lane
        }
        turns.removeAll { lanes[$0]?.isEmpty ?? true }
        return removed
    }
}
