import AutoTagger
import Foundation

/// One call of a ledger.
enum LedgerOperation {
    case claim([ClaimRequest])
    case settle([Settlement])
    case note([SkippedEvent])
    case release([EventKey], owner: String)
    case free([EventKey], at: Date)
    case prune(before: Date, isDryRun: Bool)
    case latest([String])
    case list(LedgerQuery)
    case show(String)
}

/// Random calls over few events and owners, so that they meet; the same calls for the same seed.
struct RandomScript {
    private var generator: SplitMix64
    private var now = LedgerScript.start
    private static let owners = ["anna", "ben", "cleo"]

    /// The least time between two calls, in seconds: what orders events that were first seen in the same instant is not a
    /// rule of all ledgers.
    private let pause: Double

    init(seed: UInt64, pause: Double) {
        generator = SplitMix64(state: seed)
        self.pause = pause
    }

    mutating func next() -> LedgerOperation {
        now.addTimeInterval(pause + Double(below(8)))
        switch below(21) {
        case 0..<7: return .claim(many { $0.claim() })
        case 7..<14: return .settle(many { $0.settlement() })
        case 14: return .note(many { $0.skipped() })
        case 15: return .release(many { $0.key() }, owner: pick(Self.owners))
        case 16, 17: return .latest(many { $0.arn() })
        case 18: return .list(query())
        case 19:
            switch below(8) {
            case 0: return .prune(before: now.addingTimeInterval(-Double(below(400))), isDryRun: below(2) == 0)
            default: return .free([key()], at: now)
            }
        default: return .show(key().eventID)
        }
    }

    private mutating func below(_ limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &generator)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    private mutating func many<Element>(_ make: (inout RandomScript) -> Element) -> [Element] {
        (0..<(1 + below(4))).map { _ in make(&self) }
    }

    private mutating func key() -> EventKey {
        EventKey(accountID: below(10) == 0 ? "999999999999" : "111122223333", eventID: "event \(below(60))")
    }

    private mutating func arn() -> String { "arn:aws:ec2:eu-central-1:111122223333:volume/vol-\(below(12))" }

    /// The same for the same event, with one in eight events without a time.
    private func header(_ key: EventKey) -> EventHeader {
        let number = Int(key.eventID.dropFirst(6)) ?? 0
        return EventHeader(
            eventSource: ["ec2.amazonaws.com", "s3.amazonaws.com"][number % 2],
            eventName: ["CreateVolume", "RunInstances", "CreateBucket"][number % 3],
            region: ["eu-central-1", "us-east-1"][number % 2],
            eventTime: number % 8 == 0 ? nil : LedgerScript.start.addingTimeInterval(Double(number / 2) * 40_000)
        )
    }

    private mutating func claim() -> ClaimRequest {
        let key = key()
        return ClaimRequest(
            key: key,
            fingerprint: below(30) == 0 ? "forged \(below(3))" : "genuine",
            header: header(key),
            owner: pick(Self.owners),
            leaseEnd: now.addingTimeInterval(Double(20 + below(60))),
            now: now
        )
    }

    private mutating func settlement() -> Settlement {
        let key = key()
        let outcome = pick(
            [.tagged, .unchanged, .skipped, .deferred, .failed, .failed, .failed, .planned] as [Outcome]
        )
        var report = report(key, outcome)
        if outcome == .skipped { report.reason = pick(SkipReason.allCases) }
        if outcome == .failed, below(2) == 0 { report.error = failure() }
        report.resources = (0..<below(4)).map { _ in resource() }
        return Settlement(
            key: key,
            owner: pick(Self.owners),
            report: report,
            startedAt: now,
            now: now,
            retryAt: below(2) == 0 ? now.addingTimeInterval(30) : nil,
            maximumAttempts: 3
        )
    }

    private mutating func report(_ key: EventKey, _ outcome: Outcome) -> EventReport {
        var report = EventReport(key: key, header: header(key), outcome: outcome)
        if below(5) != 0 {
            let name = pick(["Zoë", "ci [bot]", "root", "a*b"])
            var identity = Identity(type: "AssumedRole", name: name, display: "UserName: \(name)", confidence: .claimed)
            identity.arn = below(2) == 0 ? nil : "arn:aws:sts::111122223333:assumed-role/R/\(name)"
            report.identity = identity
        }
        return report
    }

    private mutating func resource() -> ResourceReport {
        let arn = arn()
        let outcome = pick([.tagged, .tagged, .unchanged, .failed, .skipped] as [Outcome])
        return ResourceReport(
            type: ResourceType("ec2", "volume"),
            id: String(arn.split(separator: "/").last ?? ""),
            arn: arn,
            outcome: outcome,
            tags: ["Creator": "zoë", "N": "\(below(3))"],
            kept: below(2) == 0 ? ["Creator": "another"] : [:],
            error: outcome == .failed ? failure() : nil
        )
    }

    private mutating func failure() -> Failure {
        Failure(code: "Code\(below(3))", message: "message", isTransient: below(3) != 0, kind: .service)
    }

    private mutating func skipped() -> SkippedEvent {
        let key = key()
        var report = report(key, .skipped)
        report.reason = pick([.noHandler, .regionNotAllowed, .identityExcluded])
        return SkippedEvent(key: key, fingerprint: "genuine", header: header(key), report: report, now: now)
    }

    private mutating func query() -> LedgerQuery {
        var query = LedgerQuery(limit: pick([1, 5, 1000]))
        switch below(6) {
        case 0: query.user = pick(["zo*", "*[BOT]", "root", "*:assumed-role/r/*", "a[*]b"])
        case 1: query.resource = pick(["vol-1*", "ec2:*", "*/vol-3", "vol-4"])
        case 2: query.state = pick(LedgerState.allCases)
        case 3: (query.account, query.region) = ("111122223333", "us-east-1")
        case 4: (query.since, query.until) = (LedgerScript.start, LedgerScript.start.addingTimeInterval(600_000))
        default: query.eventName = "RunInstances"
        }
        return query
    }
}
