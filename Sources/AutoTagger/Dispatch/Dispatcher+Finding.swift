private import CloudTrail
private import Foundation

/// From claimed events to their reports.
extension Dispatcher {
    /// An event and the resources that it made, as far as they are known.
    struct Found: Sendable {
        let job: Job
        let completion: Completion
    }

    /// Works on a group.
    ///
    /// Events whose records tell all wait for nobody: their resources are read and written together, so that a burst of equal
    /// ones costs a few calls. Those that have to ask AWS first go their own way, since some wait a minute for volumes.
    func perform(_ jobs: [Job]) async -> [(Int, EventReport)] {
        var ready: [Found] = []
        var asking: [Job] = []
        for job in jobs {
            if let completion = job.work.completionWithoutLookups {
                ready.append(Found(job: job, completion: completion))
            } else {
                asking.append(job)
            }
        }
        return await withTaskGroup { [ready, asking] group in
            if !ready.isEmpty { group.addTask { await conclude(ready) } }
            for job in asking { group.addTask { await perform(job) } }
            var reports: [(Int, EventReport)] = []
            for await some in group { reports += some }
            return reports
        }
    }

    private func perform(_ job: Job) async -> [(Int, EventReport)] {
        do {
            return await conclude([Found(job: job, completion: try await resources(of: job.work))])
        } catch {
            var report = job.work.report
            report.outcome = error.passesByItself ? .deferred : .failed
            report.error = error
            return [(job.index, report)]
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

    private func resources(of work: Work) async throws(Failure) -> Completion {
        let lookup = Lookup(
            accountID: work.event.accountID,
            region: work.event.region,
            reader: ports.reader,
            isYoung: isYoung(work.event),
            patience: options.patience,
            clock: ports.clock
        )
        var all = Completion(resources: [])
        for entry in work.handlers {
            let finding = entry.handler.find(in: work.event)
            var completion = Completion(resources: finding.resources)
            if !finding.lookups.isEmpty {
                completion = try await entry.handler.complete(finding, of: work.event, with: lookup)
            }
            all.add(completion)
        }
        return all
    }
}

extension Dispatcher.Work {
    /// What was made, where the record alone tells all of it.
    fileprivate var completionWithoutLookups: Completion? {
        var all = Completion(resources: [])
        for entry in handlers {
            let finding = entry.handler.find(in: event)
            guard finding.lookups.isEmpty else { return nil }
            all.add(Completion(resources: finding.resources))
        }
        return all
    }
}

extension Completion {
    /// Takes in what another handler found for the same event; a resource counts once.
    fileprivate mutating func add(_ other: Completion) {
        var seen = Set(resources.map(\.arn))
        resources += other.resources.filter { seen.insert($0.arn).inserted }
        unfinished = unfinished ?? other.unfinished
        isGone = isGone || other.isGone
    }
}
