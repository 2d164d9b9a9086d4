public import Foundation
internal import JSON
internal import Locking

/// Writes what was counted since the last time as CloudWatch's embedded metric format: log lines that become metrics.
///
/// A Lambda has no port that anybody could ask, and a call to CloudWatch would cost more than the event; a line of its log costs
/// nothing. Every metric appears once over all its dimensions, for alarms, and once with each of them. See "Specification:
/// Embedded metric format" in the CloudWatch user guide.
public final class EmbeddedMetrics: Sendable {
    private let registry: MeterRegistry
    private let namespace: String
    private let written = Locked<[MeterKey: MeterReading]>([:])

    /// A writer over a registry.
    public init(registry: MeterRegistry, namespace: String = "AutoTagger") {
        self.registry = registry
        self.namespace = namespace
    }

    /// One JSON document for each combination of dimensions that changed, without line ends.
    public func lines(now: Date) -> [String] {
        var documents: [[MeterKey.Dimension]: [String: Amount]] = [:]
        written.withLock { written in
            for (key, reading) in registry.readings() {
                let amounts = reading.amounts(since: written[key])
                written[key] = reading
                for (suffix, amount) in amounts {
                    documents[key.dimensions, default: [:]][key.label + suffix] = amount
                }
            }
        }
        return documents.sorted { Self.text($0.key) < Self.text($1.key) }.map { document($0.key, $0.value, now) }
    }

    /// Written piece by piece: as a tree, these documents were a twentieth of what an event takes.
    private func document(_ dimensions: [MeterKey.Dimension], _ amounts: [String: Amount], _ now: Date) -> String {
        let amounts = amounts.sorted { $0.key < $1.key }
        var writer = JSONWriter()
        writer.write(raw: #"{"_aws":{"CloudWatchMetrics":[{"Dimensions":[[]"#)
        for (place, dimension) in dimensions.enumerated() {
            writer.write(raw: place == 0 ? ",[" : ",")
            writer.write(dimension.name)
        }
        writer.write(raw: dimensions.isEmpty ? #"],"Metrics":["# : #"]],"Metrics":["#)
        for (place, (name, amount)) in amounts.enumerated() {
            writer.write(raw: place == 0 ? #"{"Name":"# : #",{"Name":"#)
            writer.write(name)
            writer.write(raw: #","Unit":"#)
            writer.write(amount.unit)
            writer.write(raw: "}")
        }
        writer.write(raw: #"],"Namespace":"#)
        writer.write(namespace)
        writer.write(raw: #"}],"Timestamp":\#(Int64((now.timeIntervalSince1970 * 1000).rounded()))}"#)
        for dimension in dimensions {
            writer.write(raw: ",")
            writer.write(dimension.name)
            writer.write(raw: ":")
            writer.write(dimension.value)
        }
        for (name, amount) in amounts {
            writer.write(raw: ",")
            writer.write(name)
            writer.write(raw: ":")
            writer.write(JSONValue.number(amount.value))
        }
        writer.write(raw: "}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func text(_ dimensions: [MeterKey.Dimension]) -> String {
        dimensions.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    }

    /// A number and CloudWatch's word for what it counts.
    struct Amount {
        let value: Double
        let unit: String
    }
}

extension MeterReading {
    /// What is new since an earlier reading; CloudWatch adds up by itself. A distribution is told by its mean of the new values,
    /// since its statistics cannot be told in a line.
    fileprivate func amounts(since earlier: MeterReading?) -> [(suffix: String, amount: EmbeddedMetrics.Amount)] {
        switch (self, earlier) {
        case (.counter(let count), .counter(let before)?):
            return count == before ? [] : [("", .init(value: Double(count - before), unit: "Count"))]
        case (.counter(let count), _): return count == 0 ? [] : [("", .init(value: Double(count), unit: "Count"))]
        case (.gauge(let value), .gauge(let before)?) where value == before: return []
        case (.gauge(let value), _): return [("", .init(value: value, unit: "None"))]
        case (.histogram(_, let count, let sum), let before):
            var (oldCount, oldSum): (Int64, Double) = (0, 0)
            if case .histogram(_, let count, let sum)? = before { (oldCount, oldSum) = (count, sum) }
            guard count > oldCount else { return [] }
            return [("", .init(value: (sum - oldSum) / Double(count - oldCount), unit: "Seconds"))]
        }
    }
}
