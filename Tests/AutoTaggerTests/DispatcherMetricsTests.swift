import AutoTagger
import AutoTaggerTesting
import JSON
import Metering
import Testing

@Suite struct DispatcherMetricsTests {
    @Test func everyEventIsCountedByWhatBecameOfIt() async throws {
        let registry = MeterRegistry()
        var bench = Bench()
        bench.metrics = registry
        let volume = try Bench.volume()
        _ = try await bench.process(volume)
        _ = try await bench.process(volume)
        _ = try await bench.process(Bench.volume(["eventID": "other", "errorCode": "Client.UnauthorizedOperation"]))
        let text = registry.prometheusText()
        #expect(text.contains("autotagger_events_total{outcome=\"tagged\"} 1\n"))
        #expect(text.contains("autotagger_events_total{outcome=\"duplicate\"} 1\n"))
        #expect(text.contains("autotagger_events_total{outcome=\"skipped\",reason=\"failedCall\"} 1\n"))
        #expect(text.contains("autotagger_resources_total{outcome=\"tagged\"} 1\n"))
        #expect(text.contains("autotagger_tagging_lag_seconds_sum 60\n"))
        #expect(!text.contains("autotagger_failures_total"))
    }

    @Test func whatAWSRefusesIsCountedByItsKind() async throws {
        let registry = MeterRegistry()
        var bench = Bench()
        bench.metrics = registry
        let refusal = Failure(code: "AccessDenied", message: "no", isTransient: false, kind: .permission)
        bench.writer.fail(writing: [Bench.volumeARN: refusal])
        _ = try await bench.process(Bench.volume())
        #expect(registry.prometheusText().contains("autotagger_failures_total{kind=\"permission\"} 1\n"))
    }
}
