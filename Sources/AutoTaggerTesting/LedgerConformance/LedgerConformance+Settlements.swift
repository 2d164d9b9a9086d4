import AutoTagger
import Foundation

private typealias Script = LedgerScript

extension LedgerConformance {
    static let settlements: [Case] = [
        Case("what is done stays done, with its whole story") { open in
            let ledger = try await open()
            for outcome in [Outcome.tagged, .unchanged] {
                let event = outcome.rawValue
                let resources = [
                    Script.volume(
                        "vol-1",
                        outcome,
                        tags: ["Creator": "zoë", "b": "\"quoted\""],
                        kept: ["b": "\"quoted\""]
                    ),
                    Script.volume("vol-2", .skipped, tags: [:], error: Script.lasting),
                ]
                let report = Script.report(outcome, of: event, resources: resources)
                _ = try await ledger.claim([Script.claim(event)])
                try expect(await ledger.accepts(Script.settlement(report)), true)
                try expect(await ledger.answer(Script.claim(event, by: "ben", at: 999)), .done(outcome, reason: nil))
                let record = try await ledger.record(event)
                try expect(record?.report, report)
                try expect(record?.state.rawValue, outcome.rawValue)
                try expect(record?.lease, nil)
                try expect(record?.updatedAt, Script.time(10))
            }
        },
        Case("what was put off is due at its time") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            let report = Script.report(.deferred, error: Script.passing)
            try expect(await ledger.accepts(Script.settlement(report, retryAt: 100)), true)
            try expect(await ledger.record()?.retryAt, Script.time(100))
            try expect(await ledger.answer(Script.claim(by: "ben", at: 99)), .notBefore(Script.time(100)))
            try expect(await ledger.answer(Script.claim(by: "ben", at: 100)), .granted(attempt: 2))
            try expect(await ledger.record()?.retryAt, nil)
        },
        Case("a passing failure is free again, at once where no time is given") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            _ = try await ledger.settle([Script.settlement(Script.report(.failed, error: Script.passing), retryAt: 50)])
            try expect(await ledger.record()?.state, .failed)
            try expect(await ledger.answer(Script.claim(at: 49)), .notBefore(Script.time(50)))
            try expect(await ledger.answer(Script.claim(at: 50)), .granted(attempt: 2))
            _ = try await ledger.settle([Script.settlement(Script.report(.failed, error: Script.passing), at: 60)])
            try expect(await ledger.answer(Script.claim(at: 60)), .granted(attempt: 3))
        },
        Case("a lasting failure is dead at once; one that may pass in part is not") { open in
            let ledger = try await open()
            let mixed = [
                Script.volume("vol-1", .failed, error: Script.lasting),
                Script.volume("vol-2", .failed, error: Script.passing),
            ]
            let reports: [(String, EventReport, LedgerState)] = [
                ("lasting", Script.report(.failed, of: "lasting", error: Script.lasting), .dead),
                ("resource", Script.report(.failed, of: "resource", resources: [mixed[0]]), .dead),
                ("mixed", Script.report(.failed, of: "mixed", resources: mixed), .failed),
                ("unknown", Script.report(.failed, of: "unknown"), .failed),
            ]
            for (event, report, state) in reports {
                _ = try await ledger.claim([Script.claim(event)])
                _ = try await ledger.settle([Script.settlement(report)])
                try expect(await ledger.record(event)?.state, state, event)
            }
            try expect(await ledger.answer(Script.claim("lasting", at: 999)), .dead(Script.lasting))
            try expect(await ledger.answer(Script.claim("resource", at: 999)), .dead(Script.lasting))
            try expect(await ledger.record("lasting")?.report.error, Script.lasting)
        },
        Case("a passing failure is given up after so many failed attempts; put-offs do not count") { open in
            let ledger = try await open()
            for round in 1...5 {
                let at = Double(round * 10)
                try expect(await ledger.answer(Script.claim(at: at)), .granted(attempt: round))
                let isPutOff = round == 2 || round == 3
                let report = Script.report(isPutOff ? .deferred : .failed, error: Script.passing)
                _ = try await ledger.settle([Script.settlement(report, at: at + 1, maximumAttempts: 3)])
                try expect(
                    await ledger.record()?.state,
                    isPutOff ? .deferred : round == 5 ? .dead : .failed,
                    "round \(round)"
                )
            }
            try expect(await ledger.answer(Script.claim(at: 999)), .dead(Script.passing))
            let history = try await ledger.record()?.history ?? []
            try expect(history.map(\.number), [1, 2, 3, 4, 5])
            try expect(history.map(\.outcome), [.failed, .deferred, .deferred, .failed, .failed])
            try expect(history.first?.startedAt, Script.time(10))
            try expect(history.first?.endedAt, Script.time(11))
            try expect(history.first?.owner, "anna")
            try expect(history.first?.error, Script.passing)
        },
        Case("nothing is settled that was not claimed, or that no work ends with") { open in
            let ledger = try await open()
            try expect(await ledger.accepts(Script.settlement(Script.report(.tagged))), false, "never seen")
            try expect(await ledger.records(ofEvent: "e1"), [])
            try await ledger.note([Script.skipped(.noHandler)])
            try expect(await ledger.accepts(Script.settlement(Script.report(.tagged))), false, "noted")
            _ = try await ledger.claim([Script.claim()])
            try expect(await ledger.accepts(Script.settlement(Script.report(.planned))), false, "a dry run")
            try expect(await ledger.accepts(Script.settlement(Script.report(.duplicate))), false, "a duplicate")
            try expect(await ledger.record()?.state, .claimed)
        },
        Case("a group is judged event by event") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim("e1"), Script.claim("e2", by: "ben"), Script.claim("e3")])
            let group = ["e1", "e2", "e3"].map { Script.settlement(Script.report(.unchanged, of: $0)) }
            try expect(await ledger.settle(group), [true, false, true])
            try expect(await ledger.record("e2")?.state, .claimed)
        },
        Case("what is given back is free at once, and the attempt does not count") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(), Script.claim("e2", by: "ben")])
            try await ledger.release([Script.key("e1"), Script.key("e2"), Script.key("e9")], owner: "anna")
            try expect(await ledger.accepts(Script.settlement(Script.report(.tagged))), false, "given back")
            try expect(await ledger.answer(Script.claim(by: "cleo", at: 1)), .granted(attempt: 1))
            try expect(await ledger.answer(Script.claim("e2", by: "cleo", at: 1)), .held(until: Script.time(60)))
        },
        Case("what is done cannot be given back") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            _ = try await ledger.settle([Script.settlement(Script.report(.tagged))])
            try await ledger.release([Script.key("e1")], owner: "anna")
            try expect(await ledger.answer(Script.claim(at: 20)), .done(.tagged, reason: nil))
        },
        Case("what was given up is freed by a person, with a clean slate; what is in work is not") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(), Script.claim("e2", by: "ben")])
            let givenUp = Script.settlement(Script.report(.failed, error: Script.lasting))
            _ = try await ledger.settle([givenUp])
            let keys = [Script.key("e1"), Script.key("e2"), Script.key("e9")]
            try expect(await ledger.free(keys, now: Script.time(30)), 1)
            try expect(await ledger.answer(Script.claim(by: "cleo", at: 31)), .granted(attempt: 2))
            try expect(await ledger.answer(Script.claim("e2", by: "cleo", at: 31)), .held(until: Script.time(60)))
        },
    ]
}
