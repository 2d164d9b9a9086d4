import AWSClient
import Foundation
import Locking
import Metering
import Testing

@testable import Daemon

/// What the daemon says about itself, and where.
@Suite struct HealthTests {
    private static func desk(_ status: DaemonStatus, at now: Duration = .zero) -> HealthDesk {
        let registry = MeterRegistry()
        return HealthDesk(
            status: Locked(status), metrics: DaemonMetrics(queues: ["q"], factory: registry), beat: .seconds(30),
            elapsed: { now }, now: { Date(timeIntervalSince1970: 100) }, metricsText: { registry.prometheusText() })
    }

    private static func status(_ change: (inout DaemonStatus) -> Void = { _ in }) -> DaemonStatus {
        var status = DaemonStatus(queues: ["q"])
        status.queues[0].hasAnswered = true
        change(&status)
        return status
    }

    @Test func isReadyWhenEveryQueueAnswers() {
        #expect(Self.desk(Self.status()).answer("/readyz")?.status == 200)
        #expect(Self.desk(DaemonStatus(queues: ["q"])).answer("/readyz")?.body.contains("not asked yet") == true)
        let down = Self.status { $0.queues[0].error = "timedOut" }
        #expect(Self.desk(down).answer("/readyz")?.status == 503)
        #expect(Self.desk(down).answer("/readyz")?.body.contains("queue q: timedOut") == true)
        #expect(Self.desk(Self.status { $0.isStopping = true }).answer("/readyz")?.status == 503)
    }

    @Test func isAliveWhileItMoves() {
        #expect(Self.desk(Self.status(), at: .seconds(119)).answer("/healthz")?.status == 200)
        #expect(Self.desk(Self.status(), at: .seconds(121)).answer("/healthz")?.status == 503)
    }

    @Test func measuresWhenAsked() throws {
        let status = Self.status {
            $0.inFlight = 7
            $0.oldestSentAt = Date(timeIntervalSince1970: 58)
        }
        let text = try #require(Self.desk(status).answer("/metrics")?.body)
        #expect(text.contains("autotagger_messages_in_flight 7\n"))
        #expect(text.contains("autotagger_oldest_message_age_seconds 42\n"))
        #expect(Self.desk(status).answer("/other") == nil)
    }

    @Test(
        arguments: [
            ("127.0.0.1:9464", "127.0.0.1:9464"), (":9464", "0.0.0.0:9464"), ("[::1]:80", "[::1]:80"),
            ("localhost:9464", nil), ("127.0.0.1", nil), ("127.0.0.1:99999", nil), ("300.1.1.1:1", nil), ("", nil),
        ] as [(String, String?)])
    func addressesAreNumbers(text: String, description: String?) {
        #expect(HealthAddress(text)?.description == description)
    }
}

/// What keeps an outage from filling a disk, and from hammering what is down.
@Suite struct PatienceTests {
    @Test func theSameTroubleIsSpokenOfOnceAMinute() {
        var damper = LogDamper()
        let spoken = (0..<600).map { damper.speak(of: "down", at: .milliseconds(200 * $0)) }
        #expect(spoken.compactMap { $0 } == [0, 299])
        #expect(damper.speak(of: "other", at: .seconds(1)) == 0)
    }

    @Test func pausesGrowToAMinuteAndEndWithSuccess() {
        var backoff = Backoff()
        let pauses = (0..<9).map { _ in backoff.fail(random: 1) }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
        #expect(backoff.succeed() && !backoff.succeed())
        #expect(backoff.fail(random: 0) == .milliseconds(500))
    }
}
