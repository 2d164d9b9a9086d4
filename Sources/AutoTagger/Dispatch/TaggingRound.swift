internal import CloudTrail
private import Foundation

/// The resources of several events on their way through one reading and one writing.
struct TaggingRound {
    /// All resources, event by event.
    let resources: [TaggableResource]
    /// What becomes of each.
    var reports: [ResourceReport]
    /// Each resource's event, by its place in the group.
    private let owners: [Int]
    private let works: [Dispatcher.Work]
    private let isYoung: [Bool]
    /// Each event's tags, once the first of its resources is to get some.
    private var tags: [EventTags?]

    init(_ found: [Dispatcher.Found], isYoung: (CloudTrailEvent) -> Bool) {
        works = found.map(\.job.work)
        self.isYoung = works.map { isYoung($0.event) }
        tags = [EventTags?](repeating: nil, count: works.count)
        resources = found.flatMap(\.completion.resources)
        owners = found.enumerated().flatMap { index, found in found.completion.resources.map { _ in index } }
        reports = resources.map { ResourceReport(type: $0.type, id: $0.id, arn: $0.arn, outcome: .unchanged) }
    }

    /// The resources about which AWS has to be asked: those of which nothing is decided yet.
    private(set) var candidates: [Int] = []

    /// Decides what needs no call.
    mutating func sortOut(_ prior: [String: PriorCreation]) {
        var open: [Int] = []
        let partitions = works.map(\.event.partition)
        for (index, resource) in resources.enumerated() {
            let event = works[owners[index]].event
            if let misplaced = resource.misplacement(for: event, in: partitions[owners[index]]) {
                reports[index].fail(misplaced)
            } else if resource.presence == .gone || (resource.presence == .missing && !isYoung[owners[index]]) {
                reports[index].skip(.resourceGone)
            } else if resource.presence == .missing {
                reports[index].postpone(.notVisible(resource))
            } else if prior[resource.arn]?.isNewer(than: event) == true {
                reports[index].skip(.superseded)
            } else {
                open.append(index)
            }
        }
        let newest = newestCreations(among: open)
        for index in open {
            if newest[resources[index].arn] == index {
                candidates.append(index)
            } else {
                reports[index].skip(.superseded)
            }
        }
    }

    /// For each ARN the one that names its maker, where a name was used again so soon that both events came together.
    ///
    /// Only among those that may be tagged: a record that claims somebody else's resource must not stand in its maker's way.
    private func newestCreations(among indices: [Int]) -> [String: Int] {
        var newest: [String: Int] = [:]
        let time = { (index: Int) in works[owners[index]].event.eventTime ?? .distantPast }
        for index in indices where newest[resources[index].arn].map({ time(index) >= time($0) }) ?? true {
            newest[resources[index].arn] = index
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
        let wanted = eventTags(of: owners[index], options.policy).tags(for: resource)
        let difference = TagDifference(
            wanted: wanted,
            existing: existing,
            mode: options.existingTags,
            ours: prior[resource.arn]?.written ?? [:],
            ignoresKeyCase: resource.tagging.api?.ignoresKeyCase == true
        )
        var planned = [String: String](minimumCapacity: wanted.count)
        for tag in wanted { planned[tag.key] = difference.kept[tag.key] ?? tag.value }
        reports[index].tags = planned
        reports[index].kept = difference.kept
        if !difference.crowdedOut.isEmpty { reports[index].fail(.noRoom(difference.crowdedOut, resource)) }
        return difference.missing.isEmpty ? nil : TagWrite(resource: resource, tags: difference.missing)
    }

    private mutating func eventTags(of owner: Int, _ policy: TagPolicy) -> EventTags {
        if let known = tags[owner] { return known }
        let made = EventTags(policy, identity: works[owner].identity, event: works[owner].event)
        tags[owner] = made
        return made
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
    fileprivate func misplacement(for event: CloudTrailEvent, in partition: String) -> Failure? {
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
            && accountID == event.accountID && parts.partition == partition
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
