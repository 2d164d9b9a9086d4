public import CoreMetrics
internal import Locking

/// Holds what a process counts, for whoever asks: a backend of swift-metrics.
///
/// It keeps the values and no more; ``prometheusText()`` and ``EmbeddedMetrics`` are the forms they are read in. A metric of the
/// same label and dimensions is the same one, however often it is made, and none is ever forgotten: Prometheus takes a counter
/// that starts again for a restart. Dimensions must therefore be bounded: never ids, ARNs or messages.
public final class MeterRegistry: MetricsFactory {
    private let cells = Locked<[MeterKey: MeterCell]>([:])

    /// An empty registry.
    public init() {}

    /// All values as they stand, in the order of their names.
    func readings() -> [(key: MeterKey, reading: MeterReading)] {
        cells.withLock { $0 }.map { ($0.key, $0.value.reading) }.sorted { $0.key < $1.key }
    }

    private func cell(_ label: String, _ dimensions: [(String, String)], _ kind: MeterKind) -> MeterCell {
        let key = MeterKey(label: label, dimensions: dimensions)
        return cells.withLock { cells in
            if let known = cells[key] { return known }
            let made = MeterCell(kind)
            cells[key] = made
            return made
        }
    }

    /// A counter of whole things.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions, .counter)
    }

    /// A value that goes up and down.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, dimensions, .gauge)
    }

    /// A distribution, or where nothing is to be aggregated a value that goes up and down.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        cell(label, dimensions, aggregate ? .histogram : .gauge)
    }

    /// A distribution of durations, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, dimensions, .histogram)
    }

    // What was counted stays counted when its handle goes.

    /// Does nothing.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing.
    public func destroyTimer(_ handler: any TimerHandler) {}
}

/// What tells one metric from another.
struct MeterKey: Hashable, Comparable, Sendable {
    struct Dimension: Hashable, Sendable {
        let name: String
        let value: String
    }

    let label: String
    let dimensions: [Dimension]

    /// An empty value is the same as none, in Prometheus and in CloudWatch.
    init(label: String, dimensions: [(String, String)]) {
        self.label = label
        self.dimensions = dimensions.filter { !$0.1.isEmpty }.map { Dimension(name: $0.0, value: $0.1) }
            .sorted { $0.name < $1.name }
    }

    static func < (left: MeterKey, right: MeterKey) -> Bool {
        if left.label != right.label { return left.label < right.label }
        return left.dimensions.lexicographicallyPrecedes(right.dimensions) { ($0.name, $0.value) < ($1.name, $1.value) }
    }
}
