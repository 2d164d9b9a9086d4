import Foundation
import JSON
import SQLiteLedger
import Testing

@Suite struct LedgerVerbTests {
    private func run(_ line: String, on ledger: SeededLedger, terminalWidth: Int? = nil) async -> CommandRun {
        let words = line.split(separator: " ").map(String.init)
        return await CommandRun.of(["ledger"] + words + ["--ledger", ledger.path], terminalWidth: terminalWidth)
    }

    @Test func whoAnswersAPersonInOneGlance() async throws {
        let run = try await run("who vol-0123", on: SeededLedger())
        #expect(
            run.output == """
                Made by   zoe@example.com
                Known as  UserName: zoe@example.com, Role: Admin (role)
                ARN       arn:aws:sts::123456789101:assumed-role/Admin/zoe@example.com
                When      2023-08-03T05:36:27Z
                How       CreateVolume (ec2.amazonaws.com), via cloudformation.amazonaws.com
                Resource  ec2:volume arn:aws:ec2:ap-northeast-2:123456789101:volume/vol-0123
                Event     e-volume
                Account   123456789101
                Region    ap-northeast-2
                Tags      unchanged

                """
        )
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func whoFindsByARNToo() async throws {
        let run = try await run(
            "who arn:aws:ec2:ap-northeast-2:123456789101:volume/vol-0def --format csv",
            on: SeededLedger()
        )
        #expect(
            run.output == "user,display,userArn,eventTime,how,resource,eventID,accountID,region,state\r\n"
                + "seungkim,,arn:aws:iam::123456789101:user/seungkim,2023-08-03T04:36:27Z,RunInstances (ec2.amazonaws.com),"
                + "ec2:volume arn:aws:ec2:ap-northeast-2:123456789101:volume/vol-0def,e-instance,123456789101,"
                + "ap-northeast-2,tagged\r\n"
        )
    }

    @Test(arguments: [("", ""), (" --format json", "[]\n"), (" --format ndjson", "")])
    func whoEndsWithOneWhenNobodyIsKnown(option: String, output: String) async throws {
        let run = try await run("who vol-none" + option, on: SeededLedger())
        #expect(run.status == 1)
        #expect(run.output == output)
        #expect(run.errors == "autotagger: nobody is known to have made vol-none: no event in the ledger made it\n")
    }

    @Test func listShowsTheLatestFirst() async throws {
        let run = try await run("list", on: SeededLedger())
        #expect(
            run.output == """
                TIME                  USER             EVENT              OUTCOME    RESOURCES        ACCOUNT       REGION          EVENT ID
                2023-08-03T08:36:27Z                   CreateSubnet       claimed                     123456789101  ap-northeast-2  e-claimed
                2023-08-03T07:36:27Z                   DescribeInstances  skipped                     123456789101  ap-northeast-2  e-skipped
                2023-08-03T06:36:27Z  zoe@example.com  CreateVpc          dead       vpc-1            123456789101  ap-northeast-2  e-denied
                2023-08-03T05:36:27Z  zoe@example.com  CreateVolume       unchanged  vol-0123         123456789101  ap-northeast-2  e-volume
                2023-08-03T04:36:27Z  seungkim         RunInstances       tagged     i-0abc vol-0def  123456789101  ap-northeast-2  e-instance

                """
        )
        #expect(run.status == 0)
    }

    /// The clock of these runs stands at 2023-08-03T22:00:00Z.
    @Test(arguments: [
        ("--since 15h", ["e-claimed", "e-skipped"]),
        ("--since 1000m --until 2023-08-03T07:00:00Z", ["e-denied", "e-volume"]),
        ("--until 2023-08-03", []),
        ("--since 2023-08-03 --limit 2", ["e-claimed", "e-skipped"]),
        ("--user SEUNG*", ["e-instance"]),
        ("--user *assumed-role/admin*", ["e-denied", "e-volume"]),
        ("--account 123456789101 --event-name CreateVpc", ["e-denied"]),
        ("--account 1", []),
        ("--region ap-northeast-2 --outcome skipped", ["e-skipped"]),
        ("--region us-east-1", []),
        ("--outcome dead", ["e-denied"]),
        ("--resource vol-*", ["e-volume", "e-instance"]),
        ("--resource ec2:vpc", ["e-denied"]),
    ])
    func listIsNarrowed(options: String, expected: [String]) async throws {
        let run = try await run("list --format ndjson " + options, on: SeededLedger())
        let found = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0))["eventID"]?.string }
        #expect(found == expected)
        #expect(run.status == 0)
        #expect(run.errors.contains("no event matches") == expected.isEmpty)
        #expect(run.errors.contains("more than") == options.contains("--limit"))
    }

    @Test func regionOfTheProcessDoesNotNarrowTheList() async throws {
        let ledger = try await SeededLedger()
        let environment = [
            "AUTOTAGGER_REGION": "us-east-1", "AUTOTAGGER_LEDGER": ledger.path, "AUTOTAGGER_FORMAT": "csv",
        ]
        let run = await CommandRun.of(["ledger", "list"], environment: environment)
        #expect(run.output.split(separator: "\r\n").count == 6)
    }

    @Test func ledgerOfTheSettingsFileIsAsked() async throws {
        let ledger = try await SeededLedger()
        let file = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("ledger:\n  path: \(ledger.path)\n".utf8).write(to: file)
        let run = await CommandRun.of(["ledger", "stats", "--by", "account", "--config", file.path, "--format", "csv"])
        #expect(run.output == "account,events,resources\r\n123456789101,5,2\r\n")
        let other = await CommandRun.of(["ledger", "stats", "--config", file.path, "--ledger", "/nowhere"])
        #expect(other.status == 78)
    }

    @Test func showTellsTheWholeStory() async throws {
        let run = try await run("show e-denied", on: SeededLedger())
        #expect(
            run.output == """
                Event        e-denied
                API          CreateVpc
                Service      ec2.amazonaws.com
                Time         2023-08-03T06:36:27Z
                Account      123456789101
                Region       ap-northeast-2
                Made by      zoe@example.com
                Known as     UserName: zoe@example.com, Role: Admin (role)
                ARN          arn:aws:sts::123456789101:assumed-role/Admin/zoe@example.com
                Outcome      dead
                Attempts     1
                First seen   2023-08-03T06:37:27Z
                Last change  2023-08-03T06:37:57Z

                Resources
                TYPE     ID     OUTCOME  TAGS  KEPT  REQUEST  ERROR
                ec2:vpc  vpc-1  failed               req-2    UnauthorizedOperation: not allowed to call ec2:CreateTags

                Attempts
                NUMBER  BEGUN                 ENDED                 OUTCOME  OWNER   ERROR
                1       2023-08-03T06:37:27Z  2023-08-03T06:37:57Z  failed   host-1  UnauthorizedOperation: not allowed to call ec2:CreateTags

                """
        )
    }

    @Test func showGivesProgramsTheLineOfProcessAndTheLedgersOwn() async throws {
        let run = try await run("show e-denied --format ndjson", on: SeededLedger())
        let document = try JSONValue(parsing: run.output)
        #expect(document["state"] == "dead")
        #expect(document["outcome"] == "failed")
        #expect(document["attempts"] == 1)
        #expect(document["lease"] == .null)
        #expect(document["identity"]?["name"] == "zoe@example.com")
        #expect(document["resources"]?.array?.first?["error"]?["code"] == "UnauthorizedOperation")
        #expect(document["history"]?.array?.first?["owner"] == "host-1")
        #expect(document["history"]?.array?.first?["error"]?["requestID"] == "req-2")
    }

    @Test func showOfAnUnknownEventEndsWithOne() async throws {
        let run = try await run("show e-none --format json", on: SeededLedger())
        #expect(run.status == 1)
        #expect(run.output == "[]\n")
        #expect(run.errors == "autotagger: the event e-none is not in the ledger\n")
    }

    @Test(arguments: [
        ("user", "user,events,resources\r\nunknown,2,0\r\nzoe@example.com,2,0\r\nseungkim,1,2\r\n"),
        ("service", "service,events,resources\r\nec2.amazonaws.com,5,2\r\n"),
        ("day", "day,events,resources\r\n2023-08-03,5,2\r\n"),
        ("account", "account,events,resources\r\n123456789101,5,2\r\n"),
        (
            "outcome",
            "outcome,events,resources\r\nclaimed,1,0\r\ndead,1,0\r\nskipped,1,0\r\ntagged,1,2\r\nunchanged,1,0\r\n"
        ),
    ])
    func statsCount(dimension: String, expected: String) async throws {
        let run = try await run("stats --format csv --by \(dimension)", on: SeededLedger())
        #expect(run.output == expected)
    }

    @Test func exportWritesAllThatMatchesLineByLine() async throws {
        let ledger = try await SeededLedger()
        let lines = await run("export", on: ledger)
        let listed = await run("list --format ndjson", on: ledger)
        #expect(lines.output == listed.output)
        #expect(lines.errors == "5 events written\n")
        let csv = await run("export --format csv --outcome dead", on: ledger)
        #expect(csv.output.split(separator: "\r\n").count == 2)
        #expect(csv.output.hasPrefix("eventTime,user,userArn,"))
        let none = await run("export --format csv --account 1", on: ledger)
        #expect(none.output.hasPrefix("eventTime,") && none.errors == "0 events written\n" && none.status == 0)
    }

    /// The clock of these runs stands at 2023-08-03T22:00:00Z; the last change of the tagged one was at 04:37:57Z.
    @Test func pruneForgetsWhatHasNotChangedForLong() async throws {
        let ledger = try await SeededLedger()
        let dry = await run("prune --older-than 17h --dry-run", on: ledger)
        #expect(dry.output == "1 event would be forgotten\n")
        let environment = ["AUTOTAGGER_DRY_RUN": "1"]
        let alike = await CommandRun.of(
            ["ledger", "prune", "--older-than", "17h", "--ledger", ledger.path],
            environment: environment
        )
        #expect(alike.output == dry.output)
        #expect(await run("prune --older-than 17h", on: ledger).output == "1 event forgotten\n")
        #expect(await run("who i-0abc", on: ledger).status == 1)
        // All but the one that is being worked on.
        #expect(await run("prune --older-than 0d", on: ledger).output == "3 events forgotten\n")
        #expect(await run("prune --older-than 2030-01-01", on: ledger).status == 64)
    }

    @Test func verifyFindsNothingInASoundLedger() async throws {
        let run = try await run("verify --format json", on: SeededLedger())
        #expect(run.output == "[]\n")
        #expect(run.errors == "the ledger is sound\n")
        #expect(run.status == 0)
    }
}
