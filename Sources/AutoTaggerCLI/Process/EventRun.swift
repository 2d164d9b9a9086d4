import ArgumentParser
import AutoTagger
import CloudTrail
import EventSources
import Foundation

/// Takes inputs through a dispatcher, group by group, and keeps count of what becomes of them.
struct EventRun {
    /// Events that share a claim and a settlement; side by side they keep a few requests under way.
    private static let groupSize = 16

    private var output: ReportOutput
    private let context: CommandContext
    private var tally = Tally()
    private var deferred = DeferredEvents()
    private var isStopped = false

    init(output: ReportOutput, context: CommandContext) {
        self.output = output
        self.context = context
    }

    /// Reads an input and hands its events over; what is no event is said at once and costs nobody else.
    mutating func process(_ input: InputFiles.Input, with perform: ([CloudTrailEvent]) async -> [EventReport]) async {
        let items: [Envelope.Item]
        do {
            items = try Envelope.open(InputFiles.read(input))
        } catch let error as EnvelopeError {
            return reject(input, error.message)
        } catch {
            return reject(input, "\(error)")
        }
        var events: [CloudTrailEvent] = []
        for (number, item) in items.enumerated() {
            switch item.content {
            case .success(let event): events.append(event)
            case .failure(let error):
                reject(input, items.count == 1 ? error.message : "item \(number + 1): \(error.message)")
            }
        }
        for start in stride(from: 0, to: events.count, by: Self.groupSize) {
            let group = Array(events[start..<min(start + Self.groupSize, events.count)])
            guard !isStopped else {
                tally.untouched += group.count
                continue
            }
            await run(group, tries: [], with: perform)
            showProgress(of: input, start + group.count, events.count)
        }
    }

    /// Takes one group through; what came too early stays for ``awaitDeferred(for:with:)``.
    ///
    /// - Parameter tries: how often each was tried before; none for new ones.
    private mutating func run(
        _ group: [CloudTrailEvent], tries: [Int], with perform: ([CloudTrailEvent]) async -> [EventReport]
    ) async {
        let reports = await perform(group)
        for (index, (event, report)) in zip(group, reports).enumerated() {
            if report.outcome == .deferred {
                let count = (tries.isEmpty ? 0 : tries[index]) + 1
                deferred.add(.init(event: event, report: report, tries: count), now: context.now())
            } else {
                conclude(report)
            }
        }
        // With no way to AWS every further event would wait in vain; the ledger lets the next run take up here.
        isStopped =
            reports.contains(where: Self.wasInVain)
            && reports.allSatisfy { $0.outcome == .skipped || Self.wasInVain($0) }
    }

    /// Whether an event came to nothing because AWS was out of reach; where it came as far as its resources it was one service.
    private static func wasInVain(_ report: EventReport) -> Bool { report.resources.isEmpty && report.isOutOfReach }

    private mutating func conclude(_ report: EventReport) {
        tally.add(report)
        output.add(report)
    }

    /// Tries again what came too early, with growing pauses, until all is done or the patience is over.
    ///
    /// The last try falls on the end of the patience. What the ledger holds back for longer is not waited for.
    mutating func awaitDeferred(
        for patience: Duration, with perform: ([CloudTrailEvent]) async -> [EventReport]
    ) async {
        let end = context.now().addingTimeInterval(patience / .seconds(1))
        while !isStopped, let due = deferred.nextDue(until: end), context.now() < end {
            if context.showsProgress {
                context.errors(
                    "waiting for \(deferred.count) event\(deferred.count == 1 ? "" : "s") that came too early\n")
            }
            do {
                let pause = min(due, end).timeIntervalSince(context.now())
                if pause > 0 { try await context.clock.sleep(for: .seconds(pause)) }
            } catch {
                break
            }
            let entries = deferred.remove(dueAt: min(due, end), until: end)
            for start in stride(from: 0, to: entries.count, by: Self.groupSize) {
                let group = entries[start..<min(start + Self.groupSize, entries.count)]
                guard !isStopped else {
                    for entry in group { conclude(entry.report) }
                    continue
                }
                await run(group.map(\.event), tries: group.map(\.tries), with: perform)
            }
        }
        for entry in deferred.removeAll() { conclude(entry.report) }
    }

    /// Says that a path leads nowhere.
    mutating func miss(_ missing: InputFiles.Unreadable) {
        tally.missing += 1
        context.errors("autotagger: \(missing)\n")
    }

    private mutating func reject(_ input: InputFiles.Input, _ reason: String) {
        tally.rejected += 1
        context.errors("autotagger: \(input): \(reason)\n")
    }

    private func showProgress(of input: InputFiles.Input, _ done: Int, _ total: Int) {
        guard context.showsProgress, total > Self.groupSize else { return }
        context.errors("\r\(input): \(done) of \(total) events\(done == total ? "\n" : "")")
    }

    /// Prints what is left to print and the summary.
    ///
    /// - Throws: the exit code, unless everything is done.
    mutating func finish() throws {
        output.finish()
        context.errors(tally.summary)
        if let code = tally.exitCode { throw code }
    }
}

/// What became of the events of a run.
struct Tally {
    var rejected = 0
    var missing = 0
    var untouched = 0
    private var outcomes: [String: Int] = [:]
    private var kinds: Set<Failure.Kind> = []
    private var resources = 0
    private var isUnfinished = false

    mutating func add(_ report: EventReport) {
        let reason = report.reason.map { " (\($0.rawValue))" } ?? ""
        outcomes[report.outcome.rawValue + reason, default: 0] += 1
        resources += report.resources.count { $0.outcome == .tagged }
        guard !report.outcome.isDone else { return }
        isUnfinished = true
        kinds.formUnion(([report.error] + report.resources.map(\.error)).compactMap { $0?.kind })
    }

    /// One line for a person: how many events, what became of them, how many resources were tagged.
    var summary: String {
        let total = outcomes.values.reduce(0, +)
        let parts = outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
        var line = "\(total) event\(total == 1 ? "" : "s")"
        if !parts.isEmpty { line += ": " + parts.joined(separator: ", ") }
        if resources > 0 { line += "; \(resources) resource\(resources == 1 ? "" : "s") tagged" }
        if rejected > 0 { line += "; \(rejected) input\(rejected == 1 ? "" : "s") not CloudTrail" }
        if missing > 0 { line += "; \(missing) path\(missing == 1 ? "" : "s") not found" }
        if untouched > 0 { line += "; stopped with \(untouched) not looked at, run again to take them up" }
        return line + "\n"
    }

    /// The exit code of the contract; `nil` when all is done.
    var exitCode: ExitCode? {
        if kinds.contains(.configuration) { return .configuration }
        if kinds.contains(.permission) { return .permissionDenied }
        if kinds.contains(.unreachable) { return .unreachable }
        if isUnfinished || untouched > 0 { return .tryAgain }
        return rejected > 0 || missing > 0 ? .notCloudTrail : nil
    }
}
