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
        var round = TaggingRound(found, isYoung: isYoung)
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
