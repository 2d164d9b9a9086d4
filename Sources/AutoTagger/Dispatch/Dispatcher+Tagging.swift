private import CloudTrail
private import Foundation
private import Logging

/// From a claimed event to tagged resources.
extension Dispatcher {
    /// A resource younger than this may simply not be visible yet; AWS calls that eventual consistency.
    private static var youth: Double { 600 }

    func perform(_ work: Work) async -> EventReport {
        var report = work.report
        let found: Completion
        do {
            found = try await resources(of: work)
        } catch {
            report.outcome = .failed
            report.error = error
            return report
        }
        guard !found.resources.isEmpty || found.unfinished != nil else {
            report.outcome = .skipped
            report.reason = .noResource
            return report
        }
        report.resources = await tag(found.resources, for: work)
        report.conclude(unfinished: found.unfinished)
        return report
    }

    private func isYoung(_ event: CloudTrailEvent) -> Bool {
        event.eventTime.map { ports.now().timeIntervalSince($0) < Self.youth } ?? false
    }

    private func resources(of work: Work) async throws(Failure) -> Completion {
        var resources: [TaggableResource] = []
        var seen: Set<String> = []
        var unfinished: Failure?
        for entry in work.handlers {
            let finding = entry.handler.find(in: work.event)
            var completion = Completion(resources: finding.resources)
            if !finding.lookups.isEmpty {
                let lookup = Lookup(
                    accountID: work.event.accountID,
                    region: work.event.region,
                    reader: ports.reader,
                    isYoung: isYoung(work.event),
                    patience: options.patience,
                    clock: ports.clock
                )
                completion = try await entry.handler.complete(finding, of: work.event, with: lookup)
            }
            resources += completion.resources.filter { seen.insert($0.arn).inserted }
            unfinished = unfinished ?? completion.unfinished
        }
        return Completion(resources: resources, unfinished: unfinished)
    }

    private func tag(_ resources: [TaggableResource], for work: Work) async -> [ResourceReport] {
        let isYoung = isYoung(work.event)
        var reports = resources.map { resource in
            ResourceReport(type: resource.type, id: resource.id, arn: resource.arn, outcome: .unchanged)
        }
        var candidates: [Int] = []
        let prior = await priorCreations(of: resources)
        for (index, resource) in resources.enumerated() {
            if let misplaced = resource.misplacement(for: work.event) {
                reports[index].fail(misplaced)
            } else if resource.presence == .gone || (resource.presence == .missing && !isYoung) {
                reports[index].skip(.resourceGone)
            } else if resource.presence == .missing {
                reports[index].postpone(.notVisible(resource))
            } else if let newer = prior[resource.arn], newer.isNewer(than: work.event) {
                reports[index].skip(.superseded)
            } else {
                candidates.append(index)
            }
        }
        let existing = await ports.writer.read(candidates.map { resources[$0] })
        var writes: [(index: Int, write: TagWrite)] = []
        for (index, answer) in zip(candidates, existing) {
            let resource = resources[index]
            switch answer {
            case .failure(let failure): reports[index].settle(failure, isYoung: isYoung)
            case .success(let tags) where options.optOut?.isSet(in: tags) == true: reports[index].skip(.optedOut)
            case .success(let tags):
                let wanted = options.policy.tags(for: resource, identity: work.identity, event: work.event)
                let difference = TagDifference(
                    wanted: wanted,
                    existing: tags,
                    mode: options.existingTags,
                    ours: prior[resource.arn]?.written ?? [:],
                    ignoresKeyCase: resource.tagging.api?.ignoresKeyCase == true
                )
                reports[index].tags = Dictionary(
                    wanted.map { ($0.key, difference.kept[$0.key] ?? $0.value) },
                    uniquingKeysWith: { $1 }
                )
                reports[index].kept = difference.kept
                if !difference.crowdedOut.isEmpty { reports[index].fail(.noRoom(difference.crowdedOut, resource)) }
                if !difference.missing.isEmpty {
                    writes.append((index, TagWrite(resource: resource, tags: difference.missing)))
                }
            }
        }
        let receipts = await ports.writer.write(writes.map(\.write))
        for ((index, _), answer) in zip(writes, receipts) {
            switch answer {
            case .success(let receipt):
                reports[index].requestID = receipt.requestID
                if reports[index].error == nil { reports[index].outcome = .tagged }
            case .failure(let failure): reports[index].settle(failure, isYoung: isYoung)
            }
        }
        return reports
    }

    /// What the ledger knows of the same ARNs: names can be used again, and then the newest create event names the maker.
    private func priorCreations(of resources: [TaggableResource]) async -> [String: PriorCreation] {
        do {
            return try await ports.ledger.latestCreations(of: resources.map(\.arn))
        } catch {
            ports.logger.warning("earlier makers are not known", metadata: ["reason": "\(error.message)"])
            return [:]
        }
    }
}

extension PriorCreation {
    fileprivate func isNewer(than event: CloudTrailEvent) -> Bool {
        guard let time = event.eventTime, key != event.ledgerKey else { return false }
        return eventTime > time
    }
}

extension TaggableResource {
    /// Why a resource cannot be this event's: nothing outside the event's own account and region is ever tagged.
    fileprivate func misplacement(for event: CloudTrailEvent) -> Failure? {
        guard let parts = ARNParts(arn) else {
            return Failure(
                code: "badARN",
                message: "'\(arn)' is no ARN; nothing was tagged",
                isTransient: false,
                kind: .service
            )
        }
        let isHome =
            (parts.account.isEmpty || parts.account == event.accountID)
            && (parts.region.isEmpty || parts.region == region)
            && accountID == event.accountID && parts.partition == event.partition
        return isHome
            ? nil
            : Failure(
                code: "foreignResource",
                message:
                    "\(arn) is not of the event's account \(event.accountID) and region \(region); nothing was tagged",
                isTransient: false,
                kind: .service
            )
    }
}

extension ResourceReport {
    fileprivate mutating func skip(_ reason: SkipReason) {
        outcome = .skipped
        self.reason = reason
    }

    fileprivate mutating func fail(_ failure: Failure) {
        outcome = .failed
        error = failure
    }

    fileprivate mutating func postpone(_ failure: Failure) {
        outcome = .deferred
        error = failure
    }

    /// Not found is no failure: early on it means not yet, later on no longer. Nor is not ready, however long it takes.
    fileprivate mutating func settle(_ failure: Failure, isYoung: Bool) {
        switch failure.kind {
        case .notFound where isYoung: postpone(failure)
        case .notFound: skip(.resourceGone)
        case .notReady: postpone(failure)
        default: fail(failure)
        }
    }
}

extension EventReport {
    /// The event's outcome, from those of its resources: the worst counts.
    fileprivate mutating func conclude(unfinished: Failure?) {
        let outcomes = Set(resources.map(\.outcome))
        if outcomes.contains(.failed) {
            outcome = .failed
            error = resources.lazy.filter { $0.outcome == .failed }.compactMap(\.error).first
        } else if unfinished != nil || outcomes.contains(.deferred) {
            outcome = .deferred
            error = unfinished ?? resources.lazy.compactMap(\.error).first
        } else if outcomes.contains(.tagged) {
            outcome = .tagged
        } else if outcomes.contains(.unchanged) {
            outcome = .unchanged
        } else {
            outcome = .skipped
            reason = resources.first?.reason
        }
    }
}

extension Failure {
    fileprivate static func notVisible(_ resource: TaggableResource) -> Failure {
        Failure(
            code: "notVisible",
            message: "\(resource.id) is not visible yet; try again in a minute",
            isTransient: true,
            kind: .notFound
        )
    }

    fileprivate static func noRoom(_ keys: [String], _ resource: TaggableResource) -> Failure {
        Failure(
            code: "TagLimitExceeded",
            message: "\(resource.id) has no room for \(keys.joined(separator: ", ")): a resource carries"
                + " \(LegalTag.maximumTags) tags at most; remove some of its tags or of the configured ones",
            isTransient: false,
            kind: .service
        )
    }
}
