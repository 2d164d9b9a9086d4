import AutoTagger
import Foundation

private typealias Script = LedgerScript

extension LedgerConformance {
    static let claims: [Case] = [
        Case("a new event is granted, as attempt 1") { open in
            let ledger = try await open()
            try expect(await ledger.answer(Script.claim()), .granted(attempt: 1))
            let record = try await ledger.record()
            try expect(record?.state, .claimed)
            try expect(record?.lease, LedgerRecord.Lease(owner: "anna", end: Script.time(60)))
            try expect(record?.report, EventReport(key: Script.key("e1"), header: Script.header(), outcome: .deferred))
            try expect(record?.firstSeen, Script.time(0))
        },
        Case("a foreign live lease holds") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(by: "anna")])
            try expect(await ledger.answer(Script.claim(by: "ben", at: 59)), .held(until: Script.time(60)))
        },
        Case("a lease that is over is free, and the attempt counts") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(by: "anna")])
            try expect(await ledger.answer(Script.claim(by: "ben", at: 60)), .granted(attempt: 2))
        },
        Case("an event is granted once within one call, even to one owner") { open in
            let ledger = try await open()
            let answers = try await ledger.claim([Script.claim(), Script.claim("e2"), Script.claim()])
            try expect(answers, [.granted(attempt: 1), .granted(attempt: 1), .held(until: Script.time(60))])
        },
        Case("no wishes, no answers") { open in
            let ledger = try await open()
            try expect(await ledger.claim([]), [])
            try expect(await ledger.settle([]), [])
        },
        Case("the account is part of the key") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            let other = ClaimRequest(
                key: Script.key("e1", account: "999999999999"),
                fingerprint: "theirs",
                header: Script.header(),
                owner: "ben",
                leaseEnd: Script.time(60),
                now: Script.time(0)
            )
            try expect(await ledger.answer(other), .granted(attempt: 1))
            try expect(await ledger.records(ofEvent: "e1").count, 2)
        },
        Case("another content under the same key is set aside in every state, and counted once") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim()])
            try expect(await ledger.answer(Script.claim(content: "forged")), .quarantined, "claimed, own token")
            _ = try await ledger.settle([Script.settlement(Script.report(.tagged))])
            try expect(await ledger.answer(Script.claim(content: "forged")), .quarantined, "tagged")
            try expect(await ledger.answer(Script.claim(content: "forged too")), .quarantined, "another one")
            try expect(await ledger.record()?.quarantined, 2)
            try expect(await ledger.answer(Script.claim()), .done(.tagged, reason: nil), "the genuine one")
        },
        Case("what the gate noted is free under other settings") { open in
            let ledger = try await open()
            try await ledger.note([Script.skipped(.regionNotAllowed)])
            try expect(await ledger.record()?.state, .skipped)
            try expect(await ledger.record()?.report.reason, .regionNotAllowed)
            try expect(await ledger.answer(Script.claim(at: 5)), .granted(attempt: 1))
        },
        Case("a later word of the gate replaces an earlier one") { open in
            let ledger = try await open()
            try await ledger.note([Script.skipped(.regionNotAllowed), Script.skipped(.noHandler, at: 5)])
            let record = try await ledger.record()
            try expect(record?.report.reason, .noHandler)
            try expect(record?.firstSeen, Script.time(0))
            try expect(record?.updatedAt, Script.time(5))
        },
        Case("the gate's word never replaces a better one") { open in
            let ledger = try await open()
            _ = try await ledger.claim([Script.claim(), Script.claim("e2")])
            _ = try await ledger.settle([Script.settlement(Script.report(.tagged, resources: [Script.volume()]))])
            try await ledger.note([Script.skipped(.noHandler, at: 20), Script.skipped(.noHandler, of: "e2", at: 20)])
            try expect(await ledger.record()?.state, .tagged)
            try expect(await ledger.record()?.report.resources, [Script.volume()])
            try expect(await ledger.record("e2")?.state, .claimed)
        },
        Case("what was skipped after the gate is done for good") { open in
            let ledger = try await open()
            for (index, reason) in SkipReason.allCases.enumerated() {
                let event = "s\(index)"
                _ = try await ledger.claim([Script.claim(event)])
                let report = Script.report(.skipped, of: event, reason: reason)
                try expect(await ledger.accepts(Script.settlement(report)), true)
                let answer = try await ledger.answer(Script.claim(event, by: "ben", at: 20))
                let expected: ClaimAnswer =
                    reason.isDecidedAtGate ? .granted(attempt: 2) : .done(.skipped, reason: reason)
                try expect(answer, expected, reason.rawValue)
            }
        },
    ]
}
