extension MeterRegistry {
    /// Everything in Prometheus's text format, version 0.0.4, as `/metrics` answers it.
    ///
    /// See "Exposition formats" in Prometheus's documentation.
    public func prometheusText() -> String {
        var text = ""
        var family = ""
        for (key, reading) in readings() {
            if key.label != family {
                family = key.label
                text += "# TYPE \(family) \(reading.prometheusType)\n"
            }
            switch reading {
            case .counter(let count): text += line(family, key, "\(count)")
            case .gauge(let value): text += line(family, key, Self.number(value))
            case .histogram(let below, let count, let sum):
                for (bound, number) in zip(MeterCell.bounds, below) {
                    text += line(family + "_bucket", key, "\(number)", bound: Self.number(bound))
                }
                text += line(family + "_bucket", key, "\(count)", bound: "+Inf")
                text += line(family + "_sum", key, Self.number(sum))
                text += line(family + "_count", key, "\(count)")
            }
        }
        return text
    }

    private func line(_ name: String, _ key: MeterKey, _ value: String, bound: String? = nil) -> String {
        var labels = key.dimensions.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        if let bound { labels.append("le=\"\(bound)\"") }
        return name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(value)\n"
    }

    private static func number(_ value: Double) -> String {
        value.rounded() == value && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension MeterReading {
    fileprivate var prometheusType: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
