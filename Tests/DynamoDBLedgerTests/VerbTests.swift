import ArgumentParser
import AutoTagger
import AutoTaggerCLI
import DynamoDBLedger
import Foundation
import Locking
import Testing

/// Every `ledger` verb of the command line, over a table.
@Suite(.needsFakeDynamoDB) struct DynamoDBVerbTests {
    private func run(_ line: String, on table: TestTable) async throws -> (
        status: Int32, output: String, errors: String
    ) {
        let written = Locked((output: "", errors: ""))
        let context = CommandContext(
            environment: [
                "AWS_ACCESS_KEY_ID": "AKIALEDGER", "AWS_SECRET_ACCESS_KEY": "secret",
                "AUTOTAGGER_ENDPOINT_URL": try FakeDynamoDB.shared.get().endpoint,
                "AUTOTAGGER_LEDGER": "dynamodb://\(table.name)?region=\(TestTable.region)",
            ],
            now: { Sample.now.addingTimeInterval(3600) },
            output: { text in written.withLock { $0.output += text } },
            errors: { text in written.withLock { $0.errors += text } }
        )
        let words = ["ledger"] + line.split(separator: " ").map(String.init)
        let status = await AutoTaggerCommand.execute(words, in: context).rawValue
        return written.withLock { (status, $0.output, $0.errors) }
    }

    /// One event that is done and one that was given up.
    private func seededTable() async throws -> TestTable {
        let table = try await TestTable()
        let ledger = table.open()
        _ = try await ledger.claim([Sample.claim("done"), Sample.claim("dead"), Sample.claim("claimed")])
        let denied = Failure(code: "AccessDenied", message: "no", isTransient: false, kind: .permission)
        _ = try await ledger.settle([
            Sample.settlement("done"),
            Sample.settlement("dead", resources: []) {
                $0.outcome = .failed
                $0.error = denied
            },
        ])
        return table
    }

    @Test(arguments: [
        ("who i-1", 0, "Made by   zoe"),
        ("who i-none", 1, ""),
        ("list --outcome dead --format csv", 0, ",dead,"),
        ("list --since 2h --format ndjson", 0, #""eventID":"done""#),
        ("show dead", 0, "AccessDenied: no"),
        ("stats --by outcome --format csv", 0, "outcome,events,resources\r\nclaimed,1,0\r\ndead,1,0\r\ntagged,1,1\r\n"),
        ("verify --format json", 0, "[]\n"),
        ("export --format csv --outcome tagged", 0, ",done\r\n"),
        ("retry --failed", 0, "1 event is due again"),
        ("retry --event claimed", 0, "1 event is due again"),
        ("prune --older-than 30m --dry-run", 0, "2 events would be forgotten\n"),
        ("prune --older-than 30m", 0, "2 events forgotten\n"),
    ])
    func verbAnswers(line: String, status: Int32, words: String) async throws {
        let run = try await run(line, on: seededTable())
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.contains(words) || words.isEmpty, "\(run.output)")
    }

    @Test func whatIsFreedIsGrantedAgain() async throws {
        let table = try await seededTable()
        #expect(try await table.open().claim([Sample.claim("dead", by: "ben")]) != [.granted(attempt: 2)])
        _ = try await run("retry --event dead", on: table)
        #expect(try await table.open().claim([Sample.claim("dead", by: "ben")]) == [.granted(attempt: 2)])
    }
}
