public import CloudTrail
public import CoreMetrics
public import Foundation
public import Logging

/// Takes events the whole way: gate, ledger, identity, handler, policy, tags, ledger.
///
/// Works on groups, since claims and settlements cost a transaction each; within a group events run side by side and
/// none waits for another's failure. It never throws: whatever happens to an event is in its report.
public struct Dispatcher: Sendable {
    /// What the dispatcher works with: all of it exchangeable, so that every path can be played in a test.
    public struct Ports: Sendable {
        /// The handlers.
        public var registry: HandlerRegistry
        /// Asks AWS about resources.
        public var reader: any ResourceReader
        /// Reads and writes tags.
        public var writer: any TagWriter
        /// Remembers what was done.
        public var ledger: any Ledger
        /// Tells the program's own account.
        public var caller: any CallerIdentitySource
        /// The clock that waiting goes by.
        public var clock: any Clock<Duration>
        /// The present instant, for leases and the age of events.
        public var now: @Sendable () -> Date
        /// Makes a word that no other process or group uses.
        public var newOwner: @Sendable () -> String
        /// Where to say what no report holds.
        public var logger: Logger
        /// Takes what is counted.
        public var metrics: any MetricsFactory

        /// All ports at once.
        public init(
            registry: HandlerRegistry,
            reader: any ResourceReader,
            writer: any TagWriter,
            ledger: any Ledger,
            caller: any CallerIdentitySource,
            clock: any Clock<Duration> = ContinuousClock(),
            now: @escaping @Sendable () -> Date = { Date() },
            newOwner: @escaping @Sendable () -> String = Ports.randomOwner,
            logger: Logger,
            metrics: any MetricsFactory = NOOPMetricsHandler.instance
        ) {
            self.registry = registry
            self.reader = reader
            self.writer = writer
            self.ledger = ledger
            self.caller = caller
            self.clock = clock
            self.now = now
            self.newOwner = newOwner
            self.logger = logger
            self.metrics = metrics
        }

        /// 128 random bits. As unlikely to meet again as a UUID, for which Foundation opens a file on Linux.
        public static let randomOwner: @Sendable () -> String = {
            String(UInt64.random(in: 0 ... .max), radix: 16) + String(UInt64.random(in: 0 ... .max), radix: 16)
        }
    }

    /// What to do, as settings say.
    public struct Options: Sendable, Hashable {
        /// What the gate lets through.
        public var gate: Gate.Rules
        /// Which tags resources get.
        public var policy: TagPolicy
        /// What becomes of tags that are there already.
        public var existingTags: ExistingTags
        /// The tag by which a resource asks to be left alone.
        public var optOut: OptOut?
        /// How long a claim holds when its process is not heard of again.
        public var lease: Duration
        /// How long a handler may wait for what is still being made.
        public var patience: Duration
        /// After how many attempts a failure is given up.
        public var maximumAttempts: Int
        /// Whether to refuse to tag when the ledger cannot remember it.
        public var isStrict: Bool

        /// The defaults around a policy.
        public init(
            gate: Gate.Rules = Gate.Rules(),
            policy: TagPolicy,
            existingTags: ExistingTags = .keep,
            optOut: OptOut? = nil,
            lease: Duration = .seconds(300),
            patience: Duration = .seconds(60),
            maximumAttempts: Int = 5,
            isStrict: Bool = false
        ) {
            self.gate = gate
            self.policy = policy
            self.existingTags = existingTags
            self.optOut = optOut
            self.lease = lease
            self.patience = patience
            self.maximumAttempts = maximumAttempts
            self.isStrict = isStrict
        }
    }

    let ports: Ports
    let options: Options
    let gate: Gate
    let resolver = IdentityResolver()

    /// A dispatcher over its ports.
    public init(ports: Ports, options: Options) {
        self.ports = ports
        self.options = options
        gate = Gate(options.gate)
    }

    /// The same dispatcher for work that must end in time: waits end and leases run out with it.
    public func bounded(to remaining: Duration) -> Dispatcher {
        var options = options
        options.patience = min(options.patience, remaining)
        options.lease = min(options.lease, remaining + .seconds(5))
        return Dispatcher(ports: ports, options: options)
    }

    /// Does what a group of events calls for; one report an event, in order.
    public func process(_ events: [CloudTrailEvent]) async -> [EventReport] {
        var reports = [EventReport?](repeating: nil, count: events.count)
        var jobs: [Job] = []
        var skipped: [SkippedEvent] = []
        var firstIndex: [EventKey: Int] = [:]
        var repeats: [(index: Int, of: Int)] = []
        for (index, event) in events.enumerated() {
            switch await admit(event) {
            case .drop(let report): reports[index] = report
            case .note(let report):
                reports[index] = report
                skipped.append(SkippedEvent(report, of: event, now: ports.now()))
            case .work(let work):
                if let first = firstIndex[event.ledgerKey] {
                    repeats.append((index, first))
                } else {
                    firstIndex[event.ledgerKey] = index
                    jobs.append(Job(index: index, work: work))
                }
            }
        }
        await note(skipped)
        for (index, report) in await run(jobs) { reports[index] = report }
        for (index, first) in repeats {
            reports[index] = reports[first].map { Self.repeated($0, of: events[index]) }
        }
        let all = zip(events, reports).map { event, report in
            report ?? EventReport(of: event, outcome: .skipped, reason: .invalid)
        }
        DispatcherMetrics(ports.metrics).count(all, now: ports.now())
        return all
    }

    /// An event and its place in the group.
    struct Job: Sendable {
        let index: Int
        let work: Work
    }

    /// An event that passed the gate, with who made it and who takes it. One object, however many steps hand it on.
    final class Work: Sendable {
        let event: CloudTrailEvent
        let identity: Identity
        let handlers: [RegisteredHandler]

        init(event: CloudTrailEvent, identity: Identity, handlers: [RegisteredHandler]) {
            self.event = event
            self.identity = identity
            self.handlers = handlers
        }

        var report: EventReport {
            var report = EventReport(of: event, outcome: .unchanged)
            report.identity = identity
            report.handler = handlers.map(\.handler.resource.description).joined(separator: ",")
            return report
        }
    }

    enum Admission {
        /// Of no interest, and not worth a row.
        case drop(EventReport)
        /// Left alone for a reason that people will ask about.
        case note(EventReport)
        case work(Work)
    }

    func admit(_ event: CloudTrailEvent, asksAWS: Bool = true) async -> Admission {
        if let reason = gate.reason(against: event), reason == .readOnly || reason == .noHandler {
            return .drop(EventReport(of: event, outcome: .skipped, reason: reason))
        }
        let registered: [RegisteredHandler]
        do {
            registered = try ports.registry.handlers(for: Trigger(event.eventSource, event.eventName))
        } catch {
            var report = EventReport(of: event, outcome: .failed)
            report.error = Failure(
                code: "badHandler",
                message: error.description,
                isTransient: true,
                kind: .configuration
            )
            return .drop(report)
        }
        let identity = resolver.resolve(event)
        guard !registered.isEmpty else { return .drop(skip(event, .noHandler, identity, [])) }
        if let reason = gate.reason(against: event) { return .note(skip(event, reason, identity, registered)) }
        let enabled = registered.filter { gate.isEnabled($0.handler) }
        guard !enabled.isEmpty else { return .note(skip(event, .handlerDisabled, identity, registered)) }

        var own: CallerIdentity?
        if asksAWS {
            do {
                own = try await ports.caller.callerIdentity()
            } catch {
                guard !gate.asksForOwnAccount else {
                    var report = Work(event: event, identity: identity, handlers: enabled).report
                    report.outcome = error.passesByItself ? .deferred : .failed
                    report.error = error
                    return .drop(report)
                }
                ports.logger.warning(
                    "own events cannot be told apart: STS did not say whose credentials these are",
                    metadata: ["code": "\(error.code)"]
                )
            }
        }
        if let reason = gate.reason(against: event, identity: identity, own: own) {
            let report = skip(event, reason, identity, enabled)
            return reason == .invalid ? .drop(report) : .note(report)
        }
        return .work(Work(event: event, identity: identity, handlers: enabled))
    }

    private func skip(
        _ event: CloudTrailEvent,
        _ reason: SkipReason,
        _ identity: Identity,
        _ handlers: [RegisteredHandler]
    ) -> EventReport {
        var report = EventReport(of: event, outcome: .skipped, reason: reason)
        report.identity = identity
        report.handler =
            handlers.isEmpty ? nil : handlers.map(\.handler.resource.description).joined(separator: ",")
        return report
    }

    /// The same event twice in one group: the second one is a duplicate once the first one is done.
    private static func repeated(_ first: EventReport, of event: CloudTrailEvent) -> EventReport {
        var report = first
        if first.outcome.isDone {
            report = EventReport(of: event, outcome: .duplicate)
            report.handler = first.handler
            report.identity = first.identity
        }
        return report
    }
}

extension SkippedEvent {
    fileprivate init(_ report: EventReport, of event: CloudTrailEvent, now: Date) {
        self.init(
            key: event.ledgerKey,
            fingerprint: event.fingerprint,
            header: EventHeader(of: event),
            report: report,
            now: now
        )
    }
}
