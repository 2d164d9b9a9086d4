internal import Foundation
internal import JSON
internal import Locking

/// Knows the answers to the questions about the daemon's health.
struct HealthDesk: Sendable {
    let status: Locked<DaemonStatus>
    let metrics: DaemonMetrics
    let beat: Duration
    let elapsed: @Sendable () -> Duration
    let now: @Sendable () -> Date
    let metricsText: @Sendable () -> String

    /// The answer at a path; `nil` where there is none.
    func answer(_ path: String) -> HealthServer.Answer? {
        let status = status.withLock { $0 }
        switch path {
        case "/healthz":
            return status.isAlive(at: elapsed(), beat: beat)
                ? said(200, "ok") : said(503, "stuck", ["nothing has moved for minutes: restart this process"])
        case "/readyz":
            let obstacles = status.obstacles
            return obstacles.isEmpty ? said(200, "ready") : said(503, "not ready", obstacles)
        case "/metrics":
            let age = status.oldestSentAt.map { max(0, now().timeIntervalSince($0)) } ?? 0
            metrics.record(inFlight: status.inFlight, oldestAge: age)
            return .init(status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: metricsText())
        default: return nil
        }
    }

    private func said(_ status: Int, _ word: String, _ reasons: [String] = []) -> HealthServer.Answer {
        var members: [String: JSONValue] = ["status": .string(word)]
        if !reasons.isEmpty { members["reasons"] = .array(reasons.map { .string($0) }) }
        return .init(status: status, type: "application/json", body: JSONValue.object(members).compactText + "\n")
    }
}
