import AutoTagger
import Foundation

private typealias Script = LedgerScript

extension LedgerConformance {
    static let pruning: [Case] = [
        Case("what has not changed for long is forgotten, with all that led to it; what is claimed never") { open in
            let ledger = try await open()
            for (event, at) in [("old", 0.0), ("older", -50), ("young", 100)] {
                _ = try await ledger.claim([Script.claim(event, at: at)])
                let report = Script.report(.tagged, of: event, resources: [Script.volume("vol-\(event)")])
                _ = try await ledger.settle([Script.settlement(report, at: at + 10)])
            }
            _ = try await ledger.claim([Script.claim("claimed", at: -90)])
            try expect(await ledger.prune(before: Script.time(50), isDryRun: true), 2, "a dry run")
            try expect(await ledger.makers(ofResource: "vol-old").count, 1, "after a dry run")
            try expect(await ledger.prune(before: Script.time(50), isDryRun: false), 2)
            try expect(await ledger.prune(before: Script.time(50), isDryRun: false), 0, "again")
            try expect(
                Set(await ledger.events(matching: LedgerQuery()).map(\.report.eventID)),
                ["young", "claimed"]
            )
            try expect(await ledger.makers(ofResource: "vol-old"), [])
            try expect(await ledger.latestCreations(of: [Script.arn("vol-old")]), [:])
            try expect(await ledger.makers(ofResource: "vol-young").count, 1)
            try expect(await ledger.verify(), [])
            try expect(await ledger.answer(Script.claim("old", at: 200)), .granted(attempt: 1), "delivered once more")
        },
        Case("an instant is the first that stays") { open in
            let ledger = try await open()
            try await ledger.note([Script.skipped(.regionNotAllowed, at: 10)])
            try expect(await ledger.prune(before: Script.time(10), isDryRun: false), 0)
            try expect(await ledger.prune(before: Script.time(10.001), isDryRun: false), 1)
        },
    ]
}
