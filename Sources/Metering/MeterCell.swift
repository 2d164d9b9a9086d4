internal import CoreMetrics
internal import Locking

/// The sorts of metrics.
enum MeterKind: Sendable {
    case counter
    case gauge
    case histogram
}

/// The value of a metric at an instant.
enum MeterReading: Sendable, Hashable {
    /// Only grows.
    case counter(Int64)
    /// Goes up and down.
    case gauge(Double)
    /// How many values lie at or below each of ``MeterCell/bounds``, how many there are, and their sum.
    case histogram(below: [Int64], count: Int64, sum: Double)
}

/// One metric's value.
final class MeterCell: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    /// The upper bounds of a distribution: from a call's milliseconds to the day for which EventBridge may deliver late, in seconds.
    static let bounds: [Double] = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 86_400]

    private let value: Locked<MeterReading>

    init(_ kind: MeterKind) {
        let zero: MeterReading =
            switch kind {
            case .counter: .counter(0)
            case .gauge: .gauge(0)
            case .histogram: .histogram(below: Array(repeating: 0, count: Self.bounds.count), count: 0, sum: 0)
            }
        value = Locked(zero)
    }

    var reading: MeterReading { value.withLock { $0 } }

    func increment(by amount: Int64) {
        value.withLock { value in
            if case .counter(let count) = value { value = .counter(count &+ amount) }
        }
    }

    func reset() {
        value.withLock { value in
            if case .counter = value { value = .counter(0) }
        }
    }

    func set(_ amount: Int64) { set(Double(amount)) }

    func set(_ amount: Double) { record(amount) }

    func increment(by amount: Double) {
        value.withLock { value in
            if case .gauge(let old) = value { value = .gauge(old + amount) }
        }
    }

    func decrement(by amount: Double) { increment(by: -amount) }

    func record(_ amount: Int64) { record(Double(amount)) }

    func record(_ amount: Double) {
        value.withLock { value in
            switch value {
            case .counter: break
            case .gauge: value = .gauge(amount)
            case .histogram(var below, let count, let sum):
                for (index, bound) in Self.bounds.enumerated() where amount <= bound { below[index] += 1 }
                value = .histogram(below: below, count: count + 1, sum: sum + amount)
            }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
