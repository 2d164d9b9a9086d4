private import CloudTrail
private import Foundation
private import JSON
private import Locking

/// From claimed events to their reports.
extension Dispatcher {
    /// An event and the resources that it made, as far as they are known.
    struct Found: Sendable {
        let job: Job
        let completion: Completion
    }

    /// What a part of the work on a group comes to.
    private enum Step: Sendable {
        case answered(SharedLookup, Result<[JSONValue], Failure>)
        /// Something lies in the tray.
        case found
        case reported([(Int, EventReport)])
        case concluded([(Int, EventReport)])
    }

    /// Rounds of tagging under way at once for one group.
    private static var roundsAtOnce: Int { 2 }

    /// Works on a group.
    ///
    /// Events whose records tell all wait for nobody: their resources are read and written together, so that a burst of equal
    /// ones costs a few calls. Those that have to ask AWS first ask together where they can and then go their own way, since
    /// some wait a minute for volumes; what is found while others are being tagged shares the next round. What is found goes into a
    /// tray, which a round empties: of ten that got one answer the first would else be tagged alone, with calls of its own.
    func perform(_ jobs: [Job]) async -> [(Int, EventReport)] {
        let tray = Locked<[Found]>([])
        return await withTaskGroup(of: Step.self) { group in
            var found: [Found] = []
            var rounds = 0
            var searches: [Search] = []
            for search in jobs.map(Search.init) {
                if let completion = search.completionWithoutLookups {
                    found.append(Found(job: search.job, completion: completion))
                } else {
                    searches.append(search)
                }
            }
            let (shared, single) = SharedLookup.gather(searches)
            for lookup in shared {
                group.addTask {
                    .answered(lookup, await lookup.ask(ports.reader))
                }
            }
            for search in single { group.addTask { await find(search, answers: [], into: tray) } }
            func startRound() {
                guard !found.isEmpty, rounds < Self.roundsAtOnce else { return }
                rounds += 1
                group.addTask { [found] in .concluded(await conclude(found)) }
                found = []
            }
            startRound()
            var reports: [(Int, EventReport)] = []
            for await step in group {
                switch step {
                case .answered(let lookup, let pages):
                    for (search, answers) in lookup.share(pages) {
                        group.addTask { await find(search, answers: answers, into: tray) }
                    }
                case .found:
                    tray.withLock { some in
                        found += some
                        some = []
                    }
                case .reported(let some): reports += some
                case .concluded(let some):
                    reports += some
                    rounds -= 1
                }
                startRound()
            }
            return reports
        }
    }

    private func find(_ search: Search, answers: [Lookup.Answer], into tray: Locked<[Found]>) async -> Step {
        let job = search.job
        do {
            let found = Found(job: job, completion: try await resources(of: search, answers))
            tray.withLock { $0.append(found) }
            return .found
        } catch {
            var report = job.work.report
            report.outcome = error.passesByItself ? .deferred : .failed
            report.error = error
            return .reported([(job.index, report)])
        }
    }

    /// Tags what was found and draws each event's conclusion.
    private func conclude(_ found: [Found]) async -> [(Int, EventReport)] {
        zip(found, await tag(found)).map { found, resources in
            var report = found.job.work.report
            report.resources = resources
            report.conclude(unfinished: found.completion.unfinished)
            if found.completion.isGone, report.reason == .noResource { report.reason = .resourceGone }
            return (found.job.index, report)
        }
    }

    private func resources(of search: Search, _ answers: [Lookup.Answer]) async throws(Failure) -> Completion {
        let work = search.job.work
        let lookup = Lookup(
            accountID: work.event.accountID,
            region: work.event.region,
            reader: ports.reader,
            isYoung: isYoung(work.event),
            patience: options.patience,
            clock: ports.clock,
            answers: answers
        )
        var all = Completion(resources: [])
        for (entry, finding) in zip(work.handlers, search.findings) {
            var completion = Completion(resources: finding.resources)
            if !finding.lookups.isEmpty {
                completion = try await entry.handler.complete(finding, of: work.event, with: lookup)
            }
            all.add(completion)
        }
        return all
    }
}

extension Dispatcher.Search {
    /// What was made, where the record alone tells all of it.
    fileprivate var completionWithoutLookups: Completion? {
        var all = Completion(resources: [])
        for finding in findings {
            guard finding.lookups.isEmpty else { return nil }
            all.add(Completion(resources: finding.resources))
        }
        return all
    }
}

extension Completion {
    /// Takes in what another handler found for the same event; a resource counts once.
    fileprivate mutating func add(_ other: Completion) {
        if resources.count + other.resources.count <= 8 {
            // So few are compared faster than hashed.
            for one in other.resources where !resources.contains(where: { $0.arn == one.arn }) { resources.append(one) }
        } else {
            var seen = Set(resources.map(\.arn))
            resources += other.resources.filter { seen.insert($0.arn).inserted }
        }
        unfinished = unfinished ?? other.unfinished
        isGone = isGone || other.isGone
    }
}
