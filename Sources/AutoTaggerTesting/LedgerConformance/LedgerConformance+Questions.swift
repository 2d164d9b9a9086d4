import AutoTagger
import Foundation

private typealias Script = LedgerScript

extension LedgerConformance {
    static let questions: [Case] = [
        Case("a list is narrowed by each field, the latest first") { open in
            let ledger = try await seeded(open)
            for (what, narrow, expected) in narrowings {
                var query = LedgerQuery()
                narrow(&query)
                try expect(await ledger.events(matching: query).map(\.report.eventID), expected, what)
            }
        },
        Case("makers are found by id and by ARN, the latest creation first") { open in
            let ledger = try await seeded(open)
            for (resource, expected) in [
                ("vol-1", ["c", "a"]), (Script.arn("vol-1"), ["c", "a"]), ("vol-2", ["b"]), ("vol", []), ("", []),
                ("vol-*", []),
            ] {
                let makers = try await ledger.makers(ofResource: resource)
                try expect(makers.map(\.report.eventID), expected, resource)
            }
            try expect(await ledger.makers(ofResource: "vol-2").first?.report.identity?.name, "CI [bot]")
        },
        Case("statistics count events and tagged resources, the most frequent first") { open in
            let ledger = try await seeded(open)
            let count = { LedgerCount(value: $0, events: $1, resources: $2) }
            let expected: [(LedgerDimension, [LedgerCount])] = [
                (.user, [count("Zoë", 2, 2), count("CI [bot]", 1, 1), count("unknown", 1, 0)]),
                (.service, [count("ec2.amazonaws.com", 4, 3)]),
                (.outcome, [count("tagged", 2, 2), count("claimed", 1, 0), count("failed", 1, 1)]),
                (.account, [count("111122223333", 4, 3)]),
                (.day, [count("2023-08-03", 3, 3), count("2023-08-02", 1, 0)]),
            ]
            for (dimension, counts) in expected {
                try expect(await ledger.statistics(by: dimension), counts, dimension.rawValue)
            }
        },
        Case("a sound ledger has nothing to say for itself") { open in
            try expect(await seeded(open).verify(), [])
        },
        Case("a list goes on where a page ended, through events without a time too") { open in
            let ledger = try await open()
            for number in 0..<23 {
                let seconds: Double? = number % 4 == 0 ? nil : Double(number / 2 * 10)
                let header = Script.header(at: seconds)
                _ = try await ledger.claim([Script.claim("e\(number)", at: Double(number), header: header)])
            }
            let all = try await ledger.events(matching: LedgerQuery(limit: 100))
            try expect(all.count, 23)
            for size in [1, 4, 23, 24] {
                try expect(await pages(of: LedgerQuery(limit: size), in: ledger), all, "pages of \(size)")
            }
            var query = LedgerQuery(limit: 3)
            query.since = Script.time(20)
            query.until = Script.time(80)
            try expect(
                await pages(of: query, in: ledger).map(\.report.eventID),
                ["e15", "e14", "e13", "e11", "e10", "e9", "e7", "e6", "e5"])
        },
    ]

    /// Four events: two of Zoë's on one volume, a robot's that failed in part, and one that is being worked on.
    private static func seeded(_ open: Opening) async throws -> any Ledger {
        let ledger = try await open()
        let robot = Script.identity("CI [bot]", "arn:aws:sts::111122223333:assumed-role/Deploy/ci")
        let events: [(String, Double, String, EventReport)] = [
            ("a", -300, "CreateVolume", Script.report(.tagged, of: "a", resources: [Script.volume("vol-1")])),
            (
                "b", -200, "RunInstances",
                Script.report(
                    .failed,
                    of: "b",
                    resources: [
                        Script.volume("vol-2"), Script.volume("vol-3", .failed, error: Script.passing),
                    ]
                )
            ),
            ("c", -100, "CreateVolume", Script.report(.tagged, of: "c", resources: [Script.volume("vol-1")])),
        ]
        for (event, time, name, report) in events {
            let header = Script.header(name, at: time)
            _ = try await ledger.claim([Script.claim(event, header: header)])
            var report = report
            if event == "b" { report.identity = robot }
            try expect(await ledger.accepts(Script.settlement(report)), true)
        }
        _ = try await ledger.claim([Script.claim("d", header: Script.header("RunInstances", at: -80_000))])
        return ledger
    }

    private static let narrowings: [(String, @Sendable (inout LedgerQuery) -> Void, [String])] = [
        ("nothing", { _ in }, ["c", "b", "a", "d"]),
        ("limit", { $0.limit = 2 }, ["c", "b"]),
        ("since", { $0.since = Script.time(-200) }, ["c", "b"]),
        ("until", { $0.until = Script.time(-200) }, ["a", "d"]),
        ("both", { ($0.since, $0.until) = (Script.time(-300), Script.time(-200)) }, ["a"]),
        ("account", { $0.account = "111122223333" }, ["c", "b", "a", "d"]),
        ("another account", { $0.account = "999999999999" }, []),
        ("region", { $0.region = "us-east-1" }, []),
        ("event name", { $0.eventName = "RunInstances" }, ["b", "d"]),
        ("tagged", { $0.state = .tagged }, ["c", "a"]),
        ("claimed", { $0.state = .claimed }, ["d"]),
        ("dead", { $0.state = .dead }, []),
        ("name in another case, beyond ASCII", { $0.user = "ZOË" }, ["c", "a"]),
        ("part of a name", { $0.user = "zo" }, []),
        ("glob over the ARN", { $0.user = "*:USER/zo?" }, ["c", "a"]),
        ("brackets are themselves", { $0.user = "ci [BOT]" }, ["b"]),
        ("resource id", { $0.resource = "vol-2" }, ["b"]),
        ("glob over ids", { $0.resource = "vol-?" }, ["c", "b", "a"]),
        ("resource ids have a case", { $0.resource = "VOL-*" }, []),
        ("resource type", { $0.resource = "ec2:vol*" }, ["c", "b", "a"]),
        ("resource ARN", { $0.resource = "arn:aws:ec2:*:volume/vol-3" }, ["b"]),
        (
            "all together",
            { query in
                query.user = "zoë"
                query.resource = "vol-1"
                query.eventName = "CreateVolume"
                query.state = .tagged
                query.since = Script.time(-150)
                query.limit = 5
            }, ["c"]
        ),
    ]
}
