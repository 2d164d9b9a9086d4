import AutoTagger
import DynamoDBLedger
import Foundation
import Testing

/// Two machines on one table.
@Suite(.needsFakeDynamoDB) struct SharedTableTests {
    @Test func ofManyWhoRaceForAnEventOneIsGrantedIt() async throws {
        let table = try await TestTable()
        let machines = [table.open(), table.open()]
        let granted = try await withThrowingTaskGroup(of: Int.self) { group in
            for racer in 0..<12 {
                let machine = machines[racer % 2]
                group.addTask {
                    let answers = try await machine.claim((0..<8).map { Sample.claim("e\($0)", by: "racer \(racer)") })
                    return answers.count { $0 == .granted(attempt: 1) }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(granted == 8)
    }

    /// Both take over what a third one left, at the same instant: the second write finds another version.
    @Test func ofTwoWhoTakeOverALeaseOneIsGrantedIt() async throws {
        let table = try await TestTable()
        _ = try await table.open().claim([Sample.claim(by: "gone")])
        let later = Sample.now.addingTimeInterval(61)
        let answers = try await withThrowingTaskGroup(of: ClaimAnswer?.self) { group in
            for owner in ["anna", "ben", "cleo"] {
                let machine = table.open()
                group.addTask {
                    let request = ClaimRequest(
                        key: Sample.key("e1"),
                        fingerprint: "genuine",
                        header: Sample.header,
                        owner: owner,
                        leaseEnd: later.addingTimeInterval(60),
                        now: later
                    )
                    return try await machine.claim([request]).first
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .granted(attempt: 2) } == 1)
        #expect(answers.count { $0 == .held(until: later.addingTimeInterval(60)) } == 2)
    }

    /// Four hundred deliveries of 280 events, in groups of ten, to two machines that work side by side.
    @Test func duplicatesAreDoneOnce() async throws {
        let table = try await TestTable()
        let events = (0..<280).map { "e\($0)" }
        let deliveries = events + (0..<120).map { "e\($0 * 2)" }
        let groups = stride(from: 0, to: deliveries.count, by: 10).map { first in
            (0..<10).map { deliveries[((first + $0) * 37) % deliveries.count] }
        }
        let done = try await withThrowingTaskGroup(of: [String].self) { tasks in
            for machine in 0..<2 {
                let ledger = table.open()
                tasks.addTask {
                    var done: [String] = []
                    for (round, group) in groups.enumerated() where round % 2 == machine {
                        let owner = "machine \(machine) round \(round)"
                        let answers = try await ledger.claim(group.map { Sample.claim($0, by: owner) })
                        let mine = zip(group, answers).filter { $0.1 == .granted(attempt: 1) }.map(\.0)
                        let settlements = mine.map {
                            Sample.settlement($0, by: owner, resources: [Sample.instance("i-\($0)")])
                        }
                        guard try await ledger.settle(settlements).allSatisfy({ $0 }) else { return ["refused"] }
                        done += mine
                    }
                    return done
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        #expect(done.sorted() == events.sorted())
        let ledger = table.open()
        #expect(
            try await ledger.statistics(by: .outcome) == [LedgerCount(value: "tagged", events: 280, resources: 280)])
        #expect(try await ledger.verify() == [])
    }
}
