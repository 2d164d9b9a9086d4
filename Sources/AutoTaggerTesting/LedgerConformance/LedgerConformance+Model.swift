import AutoTagger
import Foundation

extension LedgerConformance {
    /// Runs random operations over few events and owners on a ledger and on a model in memory: both must answer alike.
    ///
    /// The same operations for the same seed. Two handles on one store take turns: what one writes the other must see.
    /// - Parameters:
    ///   - pause: the least time between two operations on the script's clock, in seconds; a ledger that cannot tell which of
    ///     two events of one instant it saw first needs one.
    /// - Throws: ``Violation`` where the ledger answers otherwise than the model, and what the ledger itself throws.
    public static func compareWithModel(
        seed: UInt64,
        steps: Int,
        pause: Double = 0,
        open: @escaping Opening
    ) async throws {
        let handles = [try await open(), try await open()]
        let model = InMemoryLedger()
        var states: Set<LedgerState> = []
        var script = RandomScript(seed: seed, pause: pause)
        for step in 0..<steps {
            try await compare(script.next(), on: handles[step % 2], with: model, "seed \(seed), step \(step)")
            guard step % 20 == 0 else { continue }
            states.formUnion(try await model.events(matching: LedgerQuery(limit: .max)).map(\.state))
        }
        for dimension in LedgerDimension.allCases {
            let counts = try await handles[0].statistics(by: dimension)
            try expect(counts, await model.statistics(by: dimension), dimension.rawValue)
        }
        try expect(await handles[1].verify(), [])
        // The script must have led into most states, or it has shown little.
        try expect(states.count >= 6, true, "states reached")
    }

    private static func compare(
        _ operation: LedgerOperation,
        on ledger: any Ledger,
        with model: InMemoryLedger,
        _ what: String
    ) async throws {
        switch operation {
        case .claim(let requests):
            try expect(await ledger.claim(requests), await model.claim(requests), what)
        case .settle(let settlements):
            try expect(await ledger.settle(settlements), await model.settle(settlements), what)
        case .note(let skipped):
            try await ledger.note(skipped)
            try await model.note(skipped)
        case .release(let keys, let owner):
            try await ledger.release(keys, owner: owner)
            try await model.release(keys, owner: owner)
        case .free(let keys, let now):
            try expect(await ledger.free(keys, now: now), await model.free(keys, now: now), what)
        case .prune(let limit, let isDryRun):
            let pruned = try await ledger.prune(before: limit, isDryRun: isDryRun)
            try expect(pruned, await model.prune(before: limit, isDryRun: isDryRun), what)
        case .latest(let arns):
            try expect(await ledger.latestCreations(of: arns), await model.latestCreations(of: arns), what)
        case .list(let query):
            try expect(await ledger.events(matching: query), await model.events(matching: query), what)
            guard query.limit == 5 else { return }
            try expect(await pages(of: query, in: ledger), await pages(of: query, in: model), what)
        case .show(let event):
            try expect(await ledger.records(ofEvent: event), await model.records(ofEvent: event), what)
        }
    }

    /// All pages of a query, one after the other.
    static func pages(of query: LedgerQuery, in ledger: any Ledger) async throws -> [LedgerRecord] {
        var records: [LedgerRecord] = []
        var position: LedgerPosition?
        repeat {
            let page = try await ledger.page(of: query, after: position)
            records += page.records
            position = page.next
        } while position != nil
        return records
    }
}
