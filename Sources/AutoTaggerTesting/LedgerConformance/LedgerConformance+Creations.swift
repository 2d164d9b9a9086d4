import AutoTagger
import Foundation

private typealias Script = LedgerScript

extension LedgerConformance {
    static let creations: [Case] = [
        Case("the latest creation names the maker, in whichever order events arrive") { open in
            let ledger = try await open()
            for (event, time) in [("late", -10.0), ("early", -90.0), ("middle", -50.0)] {
                let header = Script.header(at: time)
                _ = try await ledger.claim([Script.claim(event, header: header)])
                let volume = Script.volume("vol-1", tags: ["Creator": event])
                let report = Script.report(.tagged, of: event, resources: [volume], header: header)
                _ = try await ledger.settle([Script.settlement(report)])
            }
            let latest = try await ledger.latestCreations(of: [Script.arn("vol-1"), Script.arn("vol-2"), ""])
            let expected = PriorCreation(
                key: Script.key("late"),
                eventTime: Script.time(-10),
                written: ["Creator": "late"]
            )
            try expect(latest, [Script.arn("vol-1"): expected])
            try expect(await ledger.latestCreations(of: []), [:])
        },
        Case("only what was written makes a creation") { open in
            let ledger = try await open()
            let resources = [
                Script.volume("kept", tags: ["Creator": "zoe", "Team": "a"], kept: ["Creator": "someone"]),
                Script.volume("unchanged", .unchanged, kept: ["Creator": "zoe"]),
                Script.volume("failed", .failed, error: Script.passing),
            ]
            _ = try await ledger.claim([Script.claim()])
            _ = try await ledger.settle([Script.settlement(Script.report(.failed, resources: resources))])
            let latest = try await ledger.latestCreations(of: resources.map(\.arn))
            try expect(latest.mapValues(\.written), [Script.arn("kept"): ["Team": "a"]])
        },
        Case("what an earlier try wrote stays known, whatever a later one tells") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            let first = [Script.volume("a"), Script.volume("b"), Script.volume("c", .failed, error: Script.passing)]
            _ = try await ledger.settle([Script.settlement(Script.report(.failed, resources: first))])
            _ = try await ledger.claim([Script.claim(at: 20)])
            let second = [
                Script.volume("a", .unchanged, kept: ["Creator": "zoe"]), Script.volume("c", tags: ["Creator": "zoe"]),
            ]
            _ = try await ledger.settle([Script.settlement(Script.report(.tagged, resources: second), at: 21)])
            try expect(await ledger.record()?.report.resources, second + [first[1]])
            let latest = try await ledger.latestCreations(of: ["a", "b", "c"].map(Script.arn))
            try expect(latest.values.map(\.written), Array(repeating: ["Creator": "zoe"], count: 3))
        },
        Case("an event without a time is nobody's predecessor") { open in
            let ledger = try await open()
            let header = Script.header(at: nil)
            _ = try await ledger.claim([Script.claim(header: header)])
            let report = Script.report(.tagged, resources: [Script.volume()], header: header)
            try expect(await ledger.accepts(Script.settlement(report)), true)
            try expect(await ledger.latestCreations(of: [Script.arn("vol-1")]), [:])
            try expect(await ledger.record()?.report, report)
        },
    ]
}
