internal import AutoTagger
internal import CloudTrail
internal import EventSources
internal import Foundation
internal import Locking
internal import Logging

/// One invocation's work, in steps that end in time.
///
/// Events go in groups, since a group shares a claim and a settlement; a log file is fetched when its turn comes. No step is
/// begun that is likely not to end in time. One that is overtaken by the end all the same is left to itself: it goes on while
/// the next invocation runs, its claims end with the deadline, and whoever claims them then finishes the work.
struct TimedRun {
    /// Events that share a claim and a settlement.
    private static let groupSize = 32
    /// A step that waited this long or longer says nothing about how long the next one will take.
    private static let longestForesight = Duration.seconds(10)

    let items: [Envelope.Item]
    private(set) var verdicts: [ItemVerdict]
    private(set) var outcomes: [String: Int] = [:]
    private let worker: InvocationWorker
    private let budget: TimeBudget
    private let logger: Logger
    private var group: [(item: Int, event: CloudTrailEvent)] = []
    private var longestStep = Duration.zero
    private var isOver = false

    init(_ items: [Envelope.Item], worker: InvocationWorker, budget: TimeBudget, logger: Logger) {
        self.items = items
        self.worker = worker
        self.budget = budget
        self.logger = logger
        verdicts = Array(repeating: .unreached, count: items.count)
    }

    mutating func work() async {
        for (index, item) in items.enumerated() where !isOver {
            guard item.logFile != nil else {
                await take([item], of: index)
                continue
            }
            let reader = worker.reader
            guard let found = await step({ await reader.expand(item) }) else { break }
            await take(found, of: index)
        }
        await workOnGroup()
        if isOver {
            let left = verdicts.count { if case .unreached = $0 { true } else { false } }
            logger.error("the time limit came before everything was done", metadata: ["itemsLeft": "\(left)"])
        }
    }

    /// Takes what an item holds into the group; an item is done when nothing of it is left open.
    private mutating func take(_ contents: [Envelope.Item], of index: Int) async {
        verdicts[index] = .done
        for content in contents where !isOver {
            switch content.content {
            case .success(let event):
                group.append((index, event))
                if group.count == Self.groupSize { await workOnGroup() }
            case .failure(let error): reject(error, index)
            }
        }
        if isOver { markUnreached([index]) }
    }

    private mutating func reject(_ error: EnvelopeError, _ index: Int) {
        settle(ItemVerdict(error), index)
        let isNothing = error.code.isNothingToDo
        logger.log(
            level: !isNothing ? .error : error.code == .logFileGone ? .warning : .info,
            isNothing ? "a message holds no events" : "a message holds no readable events",
            metadata: [
                "messageId": "\(items[index].messageID ?? "")", "code": "\(error.code.rawValue)",
                "reason": "\(error.message)",
            ])
    }

    private mutating func workOnGroup() async {
        guard !group.isEmpty else { return }
        let work = group
        group = []
        guard !isOver else { return markUnreached(work.map(\.item)) }
        let dispatcher = worker.dispatcher.bounded(to: budget.remaining(worker.now()))
        let events = work.map(\.event)
        guard let reports = await step({ await dispatcher.process(events) }) else {
            return markUnreached(work.map(\.item))
        }
        for (report, (item, _)) in zip(reports, work) {
            settle(ItemVerdict(report), item)
            outcomes[report.outcome.rawValue, default: 0] += 1
            report.log(to: logger)
        }
    }

    /// The first failure of an item says why; nothing that is done later undoes it.
    private mutating func settle(_ verdict: ItemVerdict, _ index: Int) {
        if verdicts[index].isDone { verdicts[index] = verdict }
    }

    private mutating func markUnreached(_ indices: [Int]) {
        for index in indices where verdicts[index].isDone { verdicts[index] = .unreached }
    }

    /// What `work` brings, or `nil` when there was or is no time for it.
    private mutating func step<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
        let start = worker.now()
        let left = budget.remaining(start)
        guard left > longestStep else {
            isOver = true
            return nil
        }
        let (results, result) = AsyncStream.makeStream(of: Value?.self, bufferingPolicy: .bufferingOldest(1))
        Task(executorPreference: .ofThisTask) { result.yield(await work()) }
        let alarm = worker.alarm.set(after: left) { result.yield(nil) }
        var first = results.makeAsyncIterator()
        let found = await first.next() ?? nil
        worker.alarm.callOff(alarm)
        isOver = found == nil
        longestStep = min(Self.longestForesight, max(longestStep, .seconds(worker.now().timeIntervalSince(start))))
        return found
    }
}

extension EventReport {
    fileprivate func log(to logger: Logger) {
        logger.log(
            level: !outcome.isDone ? .error : isQuiet ? .debug : .info, "event processed", metadata: logMetadata)
    }
}
