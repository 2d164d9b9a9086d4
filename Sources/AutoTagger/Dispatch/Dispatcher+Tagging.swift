internal import CloudTrail
private import Foundation
private import Logging

/// From found resources to tagged ones.
extension Dispatcher {
    /// A resource younger than this may simply not be visible yet; AWS calls that eventual consistency.
    private static var youth: Double { 600 }

    func isYoung(_ event: CloudTrailEvent) -> Bool {
        event.eventTime.map { ports.now().timeIntervalSince($0) < Self.youth } ?? false
    }

    /// Tags the resources of several events with as few calls as the services allow; the reports of each event's resources, in order.
    func tag(_ found: [Found]) async -> [[ResourceReport]] {
        var round = TaggingRound(found, now: ports.now(), youth: Self.youth)
        let prior = await priorCreations(of: round.resources)
        round.sortOut(prior)
        let candidates = round.candidates
        let existing = await ports.writer.read(candidates.map { round.resources[$0] })
        var writes: [(index: Int, write: TagWrite)] = []
        for (index, answer) in zip(candidates, existing) {
            switch answer {
            case .failure(let failure): round.settle(index, failure)
            case .success(let tags) where options.optOut?.isSet(in: tags) == true:
                round.reports[index].skip(.optedOut)
            case .success(let tags):
                if let write = round.plan(index, over: tags, prior, options) { writes.append((index, write)) }
            }
        }
        if !writes.isEmpty {
            for ((index, _), answer) in zip(writes, await ports.writer.write(writes.map(\.write))) {
                switch answer {
                case .success(let receipt): round.reports[index].wrote(receipt)
                case .failure(let failure): round.settle(index, failure)
                }
            }
        }
        return round.reportsByEvent
    }

    /// What the ledger knows of the same ARNs: names can be used again, and then the newest create event names the maker.
    private func priorCreations(of resources: [TaggableResource]) async -> [String: PriorCreation] {
        guard !resources.isEmpty else { return [:] }
        do {
            return try await ports.ledger.latestCreations(of: resources.map(\.arn))
        } catch {
            ports.logger.warning("earlier makers are not known", metadata: ["reason": "\(error.message)"])
            return [:]
        }
    }
}

/// The resources of several events on their way through one reading and one writing.
private struct TaggingRound {
    /// All resources, event by event.
    let resources: [TaggableResource]
    /// What becomes of each.
    var reports: [ResourceReport]
    /// Each resource's event, by its place in the group.
    private let owners: [Int]
    private let works: [Dispatcher.Work]
    private let isYoung: [Bool]

    init(_ found: [Dispatcher.Found], now: Date, youth: Double) {
        works = found.map(\.job.work)
        isYoung = works.map { work in work.event.eventTime.map { now.timeIntervalSince($0) < youth } ?? false }
        resources = found.flatMap(\.completion.resources)
        owners = found.enumerated().flatMap { index, found in found.completion.resources.map { _ in index } }
        reports = resources.map { ResourceReport(type: $0.type, id: $0.id, arn: $0.arn, outcome: .unchanged) }
    }

    /// The resources about which AWS has to be asked: those of which nothing is decided yet.
    private(set) var candidates: [Int] = []

    /// Decides what needs no call.
    mutating func sortOut(_ prior: [String: PriorCreation]) {
        let newest = newestCreations()
        for (index, resource) in resources.enumerated() {
            let event = works[owners[index]].event
            if let misplaced = resource.misplacement(for: event) {
                reports[index].fail(misplaced)
            } else if resource.presence == .gone || (resource.presence == .missing && !isYoung[owners[index]]) {
                reports[index].skip(.resourceGone)
            } else if resource.presence == .missing {
                reports[index].postpone(.notVisible(resource))
            } else if newest[resource.arn] != owners[index] || prior[resource.arn]?.isNewer(than: event) == true {
                reports[index].skip(.superseded)
            } else {
                candidates.append(index)
            }
        }
    }

    /// The event that names the maker of each ARN, where a name was used again so soon that both events came together.
    private func newestCreations() -> [String: Int] {
        var newest: [String: Int] = [:]
        for (resource, owner) in zip(resources, owners) {
            guard let other = newest[resource.arn] else {
                newest[resource.arn] = owner
                continue
            }
            let (time, otherTime) = (works[owner].event.eventTime, works[other].event.eventTime)
            if (time ?? .distantPast) >= (otherTime ?? .distantPast) { newest[resource.arn] = owner }
        }
        return newest
    }

    mutating func settle(_ index: Int, _ failure: Failure) {
        reports[index].settle(failure, isYoung: isYoung[owners[index]])
    }

    /// Decides which tags a resource lacks; `nil` when none.
    mutating func plan(
        _ index: Int, over existing: [String: String], _ prior: [String: PriorCreation], _ options: Dispatcher.Options
    ) -> TagWrite? {
        let resource = resources[index]
        let work = works[owners[index]]
        let wanted = options.policy.tags(for: resource, identity: work.identity, event: work.event)
        let difference = TagDifference(
            wanted: wanted,
            existing: existing,
            mode: options.existingTags,
            ours: prior[resource.arn]?.written ?? [:]
        )
        reports[index].tags = Dictionary(
            wanted.map { ($0.key, difference.kept[$0.key] ?? $0.value) },
            uniquingKeysWith: { $1 }
        )
        reports[index].kept = difference.kept
        if !difference.crowdedOut.isEmpty { reports[index].fail(.noRoom(difference.crowdedOut, resource)) }
        return difference.missing.isEmpty ? nil : TagWrite(resource: resource, tags: difference.missing)
    }

    /// The reports, one list an event.
    var reportsByEvent: [[ResourceReport]] {
        var byEvent = [[ResourceReport]](repeating: [], count: works.count)
        for (owner, report) in zip(owners, reports) { byEvent[owner].append(report) }
        return byEvent
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
