import ArgumentParser
import AutoTagger
import AutoTaggerCLI
import Foundation
import Testing

/// What goes wrong is said in words, on the errors' side, with the right exit code.
@Suite struct FailureTests {
    @Test(
        arguments: [
            (["ledger", "who", "i-1", "--ledger", "/nowhere/l.sqlite"], 78, "/nowhere/l.sqlite"),
            (["ledger", "list", "--ledger", "dynamodb://table"], 78, "dynamodb://table?region=REGION"),
            (["ledger", "list", "--ledger", "dynamodb://my table"], 78, "'my table' is no table's name"),
            (["ledger", "list", "--ledger", "dynamodb://table?endpoint=x"], 78, "'endpoint=x' is not known"),
            (["ledger", "list", "--ledger", "s3://bucket/key"], 78, "neither a file nor a table"),
            (["ledger", "export", "--format", "table"], 64, "csv"),
            (["ledger", "prune"], 64, "--older-than"),
            (["ledger", "prune", "--older-than", "400d", "--ledger", "/nowhere/l.sqlite"], 78, "/nowhere/l.sqlite"),
            (["ledger", "list", "--limit", "0"], 64, "at least 1"),
            (["ledger", "list", "--since", "yesterday"], 64, "--since"),
            (["ledger", "list", "--format", "xml"], 64, "ndjson"),
            (["ledger", "who"], 64, "<resource>"),
            (["ledger", "retry"], 64, "retry"),
            (["nonsense"], 64, "nonsense"),
        ] as [([String], Int32, String)]
    )
    func saidInWords(arguments: [String], status: Int32, words: String) async {
        let run = await CommandRun.of(arguments)
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.errors.contains(words))
        #expect(run.errors.hasSuffix("\n"))
    }

    @Test(arguments: [("AUTOTAGGER_FORMAT", "xml"), ("AUTOTAGGER_LOG_LEVEL", "loud"), ("AUTOTAGGER_LOG_FORMAT", "csv")])
    func variableThatSaysNothingSensible(name: String, value: String) async throws {
        let ledger = try await SeededLedger()
        let run = await CommandRun.of(
            ["ledger", "list"],
            environment: [name: value, "AUTOTAGGER_LEDGER": ledger.path]
        )
        #expect(run.status == 78)
        #expect(run.errors.contains("\(name) is '\(value)'"))
    }

    @Test func fileThatIsNoLedger() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "no-ledger-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(repeating: 0x41, count: 5000).write(to: file)
        let run = await CommandRun.of(["ledger", "verify", "--ledger", file.path])
        #expect(run.status == 78)
        #expect(run.errors.contains(file.path))
        // Questions leave the file alone.
        #expect(FileManager.default.contents(atPath: file.path)?.count == 5000)
    }

    @Test(
        arguments: [
            ("notWritable", 78), ("notReadable", 78), ("missing", 78), ("tooNew", 78), ("notALedger", 78),
            ("corrupt", 78), ("noRegion", 78), ("denied", 77), ("credentials", 77),
            ("busy", 75), ("full", 75), ("unavailable", 75), ("something new", 75),
        ] as [(String, Int32)]
    )
    func exitCodeOfALedgersError(code: String, status: Int32) {
        #expect(LedgerError(code: code, message: "").exitCode.rawValue == status)
    }
}
