import Foundation
import JSON
import Testing

/// A queue at the fake AWS, with its dead-letter queue.
struct TestQueue: Sendable {
    /// The queue's URL.
    let url: String
    /// The dead-letter queue's.
    let dead: String
}

extension Witness {
    /// A new queue that gives a message up after so many deliveries.
    func newQueue(deadAfter deliveries: Int64 = 20) async throws -> TestQueue {
        let made = try await ask(
            "queue", ["name": .string("q-\(UUID().uuidString)"), "deadAfter": .integer(deliveries)])
        return TestQueue(url: made["queue"]?.string ?? "", dead: made["dead"]?.string ?? "")
    }

    /// Puts events, as an EventBridge rule sends them, and other texts into a queue.
    func send(_ events: [JSONValue] = [], texts: [String] = [], to queue: TestQueue) async throws {
        _ = try await ask(
            "send",
            ["queue": .string(queue.url), "events": .array(events), "texts": .array(texts.map { .string($0) })])
    }

    /// The messages of a queue that anybody may have now, and those in somebody's hands.
    func depth(of url: String) async throws -> (visible: Int64, hidden: Int64) {
        let depth = try await ask("depth", ["queue": .string(url)])
        return (depth["visible"]?.integer ?? -1, depth["hidden"]?.integer ?? -1)
    }

    /// Asks again until something is so, for a minute.
    func eventually(_ what: String, _ isSo: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("not within a minute: \(what)")
    }
}
