internal import Locking

/// Rings when time is up: one sleeping task for all deadlines, since nearly every one is called off long before.
///
/// A task that sleeps for each invocation would cost more than the invocation's own bookkeeping: it wakes the system's timer twice, and a
/// sleep that was called off keeps its memory until its end.
final class Alarm: Sendable {
    private struct State {
        var rings: [UInt64: (due: Duration, ring: @Sendable () -> Void)] = [:]
        var lastID: UInt64 = 0
        /// When the sleeping task wakes; `nil` when none sleeps.
        var wakes: Duration?
    }

    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let state = Locked(State())

    init(clock: any Clock<Duration> = ContinuousClock()) {
        self.clock = clock
        elapsed = clock.stopwatch()
    }

    /// Calls `ring` after `delay`, unless it is called off by the number that comes back.
    func set(after delay: Duration, _ ring: @escaping @Sendable () -> Void) -> UInt64 {
        let due = elapsed() + delay
        let (id, isFirst) = state.withLock { state in
            state.lastID += 1
            state.rings[state.lastID] = (due, ring)
            let isFirst = state.wakes.map { due < $0 } ?? true
            if isFirst { state.wakes = due }
            return (state.lastID, isFirst)
        }
        if isFirst { Task { await watch(until: due) } }
        return id
    }

    /// Calls a ring off.
    func callOff(_ id: UInt64) {
        state.withLock { $0.rings[id] = nil }
    }

    private func watch(until first: Duration) async {
        var due = first
        while true {
            try? await clock.sleep(for: due - elapsed())
            let now = elapsed()
            let (ringing, next) = state.withLock { state -> ([@Sendable () -> Void], Duration?) in
                let over = state.rings.filter { $0.value.due <= now }
                over.keys.forEach { state.rings[$0] = nil }
                // Another one sleeps for an earlier deadline, and goes on for all.
                guard state.wakes == due else { return (over.values.map(\.ring), nil) }
                state.wakes = state.rings.values.map(\.due).min()
                return (over.values.map(\.ring), state.wakes)
            }
            ringing.forEach { $0() }
            guard let next else { return }
            due = next
        }
    }
}
