import AutoTagger
import AutoTaggerTesting
import Foundation
import SQLiteLedger
import Testing

/// Thousands of random operations, on a file and on a model in memory: both must answer alike.
@Suite struct LedgerModelTests {
    @Test(arguments: [1, 20_231_114, 0xDEAD_BEEF] as [UInt64])
    func fileAnswersAsTheModelDoes(seed: UInt64) async throws {
        let folder = try LedgerFolder()
        // Two handles on one file: what one writes the other must see.
        let handles = [try folder.open(), try folder.open()]
        let model = InMemoryLedger()
        var script = RandomScript(seed: seed)
        for step in 0..<3000 {
            let ledger = handles[step % 2]
            switch script.next() {
            case .claim(let requests):
                let answers = try await ledger.claim(requests)
                #expect(try await answers == model.claim(requests), "step \(step)")
            case .settle(let settlements):
                let answers = try await ledger.settle(settlements)
                #expect(try await answers == model.settle(settlements), "step \(step)")
            case .note(let skipped):
                try await ledger.note(skipped)
                try await model.note(skipped)
            case .release(let keys, let owner):
                try await ledger.release(keys, owner: owner)
                try await model.release(keys, owner: owner)
            case .latest(let arns):
                let answers = try await ledger.latestCreations(of: arns)
                #expect(try await answers == model.latestCreations(of: arns), "step \(step)")
            case .list(let query):
                let answers = try await ledger.events(matching: query)
                #expect(try await answers == model.events(matching: query), "step \(step)")
            case .show(let event):
                let answers = try await ledger.records(ofEvent: event)
                #expect(try await answers == model.records(ofEvent: event), "step \(step)")
            }
        }
        for dimension in LedgerDimension.allCases {
            let counts = try await handles[0].statistics(by: dimension)
            #expect(try await counts == model.statistics(by: dimension))
        }
        #expect(try await handles[1].verify() == [])
        // The script must have led into every state, or it has shown little.
        let states = Set(try await handles[0].events(matching: LedgerQuery(limit: .max)).map(\.state))
        #expect(states.count >= 6, "\(states)")
    }
}
