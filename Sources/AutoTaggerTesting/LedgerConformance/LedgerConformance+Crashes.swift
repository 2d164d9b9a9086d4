import AutoTagger
import Foundation

private typealias Script = LedgerScript

/// The crash points of `docs/delivery.md` that the ledger answers for.
extension LedgerConformance {
    static let crashes: [Case] = [
        Case("C0: before the claim nothing is known, and the redelivery is granted") { open in
            let redelivery = try await open()
            try expect(await redelivery.records(ofEvent: "e1"), [])
            try expect(await redelivery.answer(Script.claim(by: "ben", at: 5)), .granted(attempt: 1))
        },
        Case("C1: after the claim, the redelivery waits for the lease and is granted then") { open in
            _ = try await open().claim([Script.claim(by: "anna")])
            let redelivery = try await open()
            try expect(await redelivery.answer(Script.claim(by: "ben", at: 30)), .held(until: Script.time(60)))
            try expect(await redelivery.answer(Script.claim(by: "ben", at: 61)), .granted(attempt: 2))
        },
        Case("C2/C3: before the settlement, the redelivery is settled by its own holder only") { open in
            let crashed = try await open()
            _ = try await crashed.claim([Script.claim(by: "anna")])
            let redelivery = try await open()
            _ = try await redelivery.claim([Script.claim(by: "ben", at: 61)])
            let found = Script.volume("vol-1", .unchanged, kept: ["Creator": "zoe"])
            let settled = Script.settlement(Script.report(.unchanged, resources: [found]), by: "ben", at: 70)
            try expect(await redelivery.accepts(settled), true)
            try expect(await redelivery.record()?.attempts, 2)
            try expect(await redelivery.record()?.report.resources, [found])
        },
        Case("C4: after the settlement, the redelivery is done") { open in
            let crashed = try await open()
            _ = try await crashed.claim([Script.claim(by: "anna")])
            _ = try await crashed.settle([Script.settlement(Script.report(.tagged, resources: [Script.volume()]))])
            let redelivery = try await open()
            try expect(await redelivery.answer(Script.claim(by: "ben", at: 999)), .done(.tagged, reason: nil))
        },
        Case("C8: a claim whose answer was lost recognises its own token and is renewed") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(by: "anna")])
            try expect(await ledger.answer(Script.claim(by: "anna", at: 30)), .granted(attempt: 1))
            try expect(await ledger.answer(Script.claim(by: "ben", at: 80)), .held(until: Script.time(90)))
        },
        Case("C8: a settlement whose answer was lost is accepted again and changes nothing") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            let settlement = Script.settlement(Script.report(.failed, error: Script.passing), retryAt: 50)
            try expect(await ledger.accepts(settlement), true)
            let before = try await ledger.record()
            try expect(await ledger.accepts(settlement), true)
            try expect(await ledger.record(), before)
        },
        Case("C9: a holder that slept past its lease is refused, whether or not somebody else has claimed") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(by: "anna"), Script.claim("e2", by: "anna")])
            let late = Script.settlement(Script.report(.tagged, of: "e2"), by: "anna", at: 60)
            try expect(await ledger.accepts(late), false, "nobody else")
            let other = try await open()
            _ = try await other.claim([Script.claim(by: "ben", at: 61)])
            let stale = Script.settlement(Script.report(.failed, error: Script.lasting), by: "anna", at: 62)
            try expect(await ledger.accepts(stale), false, "taken over")
            try await ledger.release([Script.key("e1")], owner: "anna")
            try expect(await other.record()?.lease?.owner, "ben")
            try expect(await other.accepts(Script.settlement(Script.report(.tagged), by: "ben", at: 63)), true)
            try expect(await ledger.accepts(stale), false, "settled by the other")
        },
        Case("many tasks on several handles: each event is granted exactly once") { open in
            let handles = [try await open(), try await open()]
            let events = (0..<60).map { "e\($0)" }
            let granted = try await withThrowingTaskGroup(of: [String].self) { group in
                for task in 0..<16 {
                    let ledger = handles[task % handles.count]
                    group.addTask {
                        var mine: [String] = []
                        // Each task goes through the events from another place on, in groups as a queue delivers them.
                        for first in stride(from: 0, to: events.count, by: 5) {
                            let names = (0..<5).map { events[(first + task * 7 + $0) % events.count] }
                            let answers = try await ledger.claim(names.map { Script.claim($0, by: "task \(task)") })
                            for (name, answer) in zip(names, answers) where answer == .granted(attempt: 1) {
                                mine.append(name)
                                let settlement = Script.settlement(Script.report(.tagged, of: name), by: "task \(task)")
                                guard try await ledger.accepts(settlement) == true else { return ["refused"] }
                            }
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try expect(granted.sorted(), events.sorted())
        },
    ]
}
