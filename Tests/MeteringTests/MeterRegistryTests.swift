import CoreMetrics
import Foundation
import JSON
import Metering
import Testing

/// What is counted once must be read alike in both forms.
@Suite struct MeterRegistryTests {
    let registry = MeterRegistry()

    private func count(_ label: String, _ dimensions: [(String, String)] = [], by amount: Int64 = 1) {
        Counter(label: label, dimensions: dimensions, factory: registry).increment(by: amount)
    }

    @Test func theSameNameAndDimensionsAreOneMetric() {
        count("events_total", [("outcome", "tagged"), ("reason", "")])
        count("events_total", [("outcome", "tagged")], by: 2)
        count("events_total", [("outcome", "skipped"), ("reason", "noHandler")])
        #expect(
            registry.prometheusText() == """
                # TYPE events_total counter
                events_total{outcome="skipped",reason="noHandler"} 1
                events_total{outcome="tagged"} 3

                """)
    }

    @Test func aLabelsValueCannotBreakOutOfItsQuotes() {
        count("errors_total", [("code", "a\"b\\c\nd")])
        #expect(registry.prometheusText().contains(#"errors_total{code="a\"b\\c\nd"} 1"#))
    }

    @Test func aDistributionCountsEachValueInEveryBucketAboveIt() {
        let recorder = Recorder(label: "lag_seconds", dimensions: [], aggregate: true, factory: registry)
        for value in [0.2, 3, 90_000] { recorder.record(value) }
        let text = registry.prometheusText()
        #expect(text.contains("lag_seconds_bucket{le=\"0.1\"} 0\n"))
        #expect(text.contains("lag_seconds_bucket{le=\"0.5\"} 1\n"))
        #expect(text.contains("lag_seconds_bucket{le=\"86400\"} 2\n"))
        #expect(text.contains("lag_seconds_bucket{le=\"+Inf\"} 3\n"))
        #expect(text.contains("lag_seconds_sum 90003.2\nlag_seconds_count 3\n"))
    }

    @Test func aTimerIsReadInSeconds() {
        Timer(label: "call_seconds", dimensions: [], factory: registry).recordNanoseconds(250_000_000)
        #expect(registry.prometheusText().contains("call_seconds_sum 0.25\n"))
    }

    @Test func aGaugeTellsWhatItWasSetToLast() {
        let gauge = Meter(label: "in_flight", dimensions: [], factory: registry)
        gauge.set(5.0)
        gauge.decrement(by: 2)
        #expect(registry.prometheusText() == "# TYPE in_flight gauge\nin_flight 3\n")
    }

    @Test func embeddedMetricsTellOnlyWhatIsNew() throws {
        let metrics = EmbeddedMetrics(registry: registry)
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        count("events_total", [("outcome", "tagged")], by: 2)
        #expect(metrics.lines(now: now).count == 1)
        #expect(metrics.lines(now: now).isEmpty)
        count("events_total", [("outcome", "tagged")], by: 3)
        let line = try #require(metrics.lines(now: now).first)
        let document = try JSONValue(parsing: line)
        #expect(document["events_total"]?.compactText == "3")
        #expect(document["outcome"]?.string == "tagged")
        #expect(document["_aws"]?["Timestamp"]?.compactText == "1700000000000")
        let directive = document["_aws"]?["CloudWatchMetrics"]?.array?.first
        #expect(directive?["Namespace"]?.string == "AutoTagger")
        #expect(directive?["Dimensions"]?.compactText == #"[[],["outcome"]]"#)
        #expect(directive?["Metrics"]?.compactText == #"[{"Name":"events_total","Unit":"Count"}]"#)
    }

    @Test func embeddedMetricsTellTheMeanOfNewValues() throws {
        let metrics = EmbeddedMetrics(registry: registry)
        let recorder = Recorder(label: "lag_seconds", dimensions: [], aggregate: true, factory: registry)
        recorder.record(100.0)
        _ = metrics.lines(now: .now)
        recorder.record(2.0)
        recorder.record(4.0)
        let document = try JSONValue(parsing: #require(metrics.lines(now: .now).first))
        #expect(document["lag_seconds"]?.compactText == "3")
    }
}
