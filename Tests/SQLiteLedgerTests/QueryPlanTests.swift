import AutoTagger
import Foundation
import GRDB
import Testing

@testable import SQLiteLedger

/// Every question must stay quick in a ledger of millions of events: no plan may go through a whole table but where the
/// question is about all of them.
@Suite struct QueryPlanTests {
    private func plan(_ sql: String, _ arguments: StatementArguments) async throws -> [String] {
        let folder = try LedgerFolder()
        let ledger = try folder.open()
        return try await ledger.queue.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] }
        }
    }

    @Test(arguments: [
        ("claim", "SELECT id FROM events WHERE event_id = ? AND account = ?", 2),
        ("show", LedgerSQL.byEventID, 1),
        ("who", LedgerSQL.makers, 2),
        ("latest creation", LedgerSQL.creations, 1),
        ("attempts", LedgerSQL.attempts, 1),
        ("known identity", "SELECT id FROM identities WHERE document = ?", 1),
        ("resources", "SELECT type FROM resources WHERE event = ? ORDER BY position", 1),
    ])
    func pointedQuestionsUseAnIndex(name: String, sql: String, values: Int) async throws {
        let steps = try await plan(sql, StatementArguments(Array(repeating: "x", count: values)))
        // What is asked for is gone through, nothing else.
        let scans = steps.filter { $0.hasPrefix("SCAN") && !$0.hasPrefix("SCAN wanted VIRTUAL TABLE") }
        #expect(scans == [], "\(name): \(steps)")
    }

    @Test func listsGoAlongTheTimeAndStopAtTheLimit() async throws {
        var everything = LedgerQuery()
        everything.account = "1"
        everything.region = "2"
        everything.eventName = "3"
        everything.state = .failed
        var recent = everything
        recent.since = .distantPast
        recent.until = .distantFuture
        for query in [LedgerQuery(), everything, recent] {
            let (sql, arguments) = LedgerSQL.list(query)
            let steps = try await plan(sql, arguments)
            #expect(steps.contains { $0.contains("INDEX events_by_time") }, "\(steps)")
            #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
        }
    }

    @Test func listsOfAUserOrAResourceDoNotReadEveryEvent() async throws {
        var user = LedgerQuery()
        user.user = "*@example.com"
        let (userSQL, userArguments) = LedgerSQL.list(user)
        let userSteps = try await plan(userSQL, userArguments)
        #expect(userSteps.contains { $0.contains("SEARCH e USING INDEX events_by_identity") }, "\(userSteps)")
        var resource = LedgerQuery()
        resource.resource = "vol-*"
        let (resourceSQL, resourceArguments) = LedgerSQL.list(resource)
        let resourceSteps = try await plan(resourceSQL, resourceArguments)
        #expect(resourceSteps.contains { $0.contains("SEARCH e USING INTEGER PRIMARY KEY") }, "\(resourceSteps)")
        #expect(
            resourceSteps.contains { $0.contains("INDEX resources_by_name (name>? AND name<?)") }, "\(resourceSteps)")
    }
}
