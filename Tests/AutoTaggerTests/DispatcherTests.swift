import AutoTagger
import AutoTaggerTesting
import BuiltinPlugins
import CloudTrail
import Configuration
import CoreMetrics
import Foundation
import JSON
import Logging
import Testing

/// A dispatcher over fakes, with everything a test may turn.
struct Bench {
    static let account = "123456789101"

    var writer = RecordingTagWriter()
    var reader: any ResourceReader = ScriptedReader()
    var ledger: any Ledger = InMemoryLedger()
    var caller = FixedCaller(accountID: account)
    var options = Settings.defaults.dispatcher
    var clock = ManualClock()
    /// A minute after the fixtures' calls.
    var now = Date(timeIntervalSince1970: 1_691_037_447)
    var plugins: [any Plugin] = []
    var metrics: any MetricsFactory = NOOPMetricsHandler.instance

    func dispatcher() throws -> Dispatcher {
        let now = now
        return Dispatcher(
            ports: .init(
                registry: try HandlerRegistry(catalogue: BuiltinCatalogue(), plugins: plugins), reader: reader,
                writer: writer, ledger: ledger, caller: caller, clock: clock, now: { now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics),
            options: options)
    }

    func process(_ events: CloudTrailEvent...) async throws -> [EventReport] {
        try await dispatcher().process(events)
    }

    /// The fixture `CreateVolume`, with members of the record replaced.
    static func volume(_ changes: [String: JSONValue] = [:]) throws -> CloudTrailEvent {
        var record = try #require(try Fixtures.json("ec2/CreateVolume.json").object)
        record.merge(changes) { $1 }
        return CloudTrailEvent(record: .object(record))
    }

    static let volumeARN = "arn:aws:ec2:ap-northeast-2:123456789101:volume/vol-0aa"
}

@Suite struct DispatcherTests {
    @Test func tagsOnceAndThenKnowsIt() async throws {
        let bench = Bench()
        let first = try await bench.process(Bench.volume())
        #expect(first.map(\.outcome) == [.tagged])
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "seungkim")
        let second = try await bench.process(Bench.volume())
        #expect(second.map(\.outcome) == [.duplicate])
        #expect(bench.writer.snapshot.writes.count == 1 && bench.writer.snapshot.reads == 1)
    }

    @Test func theSameEventTwiceInOneGroupIsOneWrite() async throws {
        let bench = Bench()
        let reports = try await bench.process(Bench.volume(), Bench.volume())
        #expect(reports.map(\.outcome) == [.tagged, .duplicate])
        #expect(bench.writer.snapshot.writes.count == 1)
    }

    @Test func existingTagsAreKept() async throws {
        let bench = Bench(writer: RecordingTagWriter(tags: [Bench.volumeARN: ["Creator": "me", "Name": "x"]]))
        let report = try #require(await bench.process(Bench.volume()).first)
        let tags = bench.writer.snapshot.tags[Bench.volumeARN]
        #expect(tags?["Creator"] == "me" && tags?["Name"] == "x" && tags?["CreatorArn"] != nil)
        #expect(report.resources.first?.kept == ["Creator": "me"])
        #expect(report.resources.first?.tags["Creator"] == "me")
    }

    @Test(arguments: [ExistingTags.keep, .replace])
    func whereKeysIgnoreCaseAnExistingOneIsOurs(mode: ExistingTags) async throws {
        let arn = "arn:aws:iam::123456789101:user/jane"
        var bench = Bench(writer: RecordingTagWriter(tags: [arn: ["creator": "me", "CREATEDAT": "then"]]))
        bench.options.existingTags = mode
        let user = try Bench.volume([
            "eventSource": "iam.amazonaws.com", "eventName": "CreateUser",
            "responseElements": ["user": ["arn": .string(arn)]],
        ])
        let report = try #require(await bench.process(user).first)
        #expect(report.outcome == .tagged)
        let keys = bench.writer.snapshot.writes.flatMap(\.tags).map(\.key).sorted()
        #expect(keys == (mode == .keep ? ["CreatorArn"] : ["CreatedAt", "Creator", "CreatorArn"]))
        #expect(report.resources.first?.kept == (mode == .keep ? ["Creator": "me", "CreatedAt": "then"] : [:]))
    }

    @Test func existingTagsAreReplacedOnRequest() async throws {
        var bench = Bench(writer: RecordingTagWriter(tags: [Bench.volumeARN: ["Creator": "me", "Name": "x"]]))
        bench.options.existingTags = .replace
        _ = try await bench.process(Bench.volume())
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "seungkim")
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Name"] == "x")
    }

    @Test func nothingIsWrittenWhenEverythingIsThere() async throws {
        let bench = Bench()
        _ = try await bench.process(Bench.volume())
        let again = Bench(writer: bench.writer, ledger: InMemoryLedger())
        #expect(try await again.process(Bench.volume()).map(\.outcome) == [.unchanged])
        #expect(bench.writer.snapshot.writes.count == 1)
    }

    /// Why an event is left alone: the change to the record or the options, and the reason.
    static let skips: [(name: String, record: [String: JSONValue], reason: SkipReason)] = [
        ("failed call", ["errorCode": "Client.UnauthorizedOperation"], .failedCall),
        ("only a message", ["errorMessage": "You are not authorized"], .failedCall),
        ("failed with a response", ["errorCode": "Server.InternalError"], .failedCall),
        ("dry run", ["errorCode": "Client.DryRunOperation"], .dryRunCall),
        ("read only", ["readOnly": true], .readOnly),
        ("read only as text", ["readOnly": "true"], .readOnly),
        ("another service's API of that name", ["eventSource": "fsx.example.com"], .noHandler),
        ("an API nobody waits for", ["eventName": "DeleteVolume"], .noHandler),
        ("no source", ["eventSource": ""], .noHandler),
        ("another account", ["recipientAccountId": "999999999999"], .accountNotAllowed),
        ("no id", ["eventID": ""], .invalid),
        ("no account", ["recipientAccountId": "", "userIdentity": [:]], .invalid),
        ("a region that is none", ["awsRegion": "evil.example.com/"], .invalid),
        ("cut by CloudTrail", ["responseElements": ["omitted": true]], .noResource),
        ("no response", ["responseElements": nil], .noResource),
    ]

    @Test(arguments: skips.indices)
    func leavesAloneWithAReason(index: Int) async throws {
        let (name, changes, reason) = Self.skips[index]
        let bench = Bench()
        let report = try #require(await bench.process(Bench.volume(changes)).first)
        #expect(report.outcome == .skipped && report.reason == reason, "\(name)")
        #expect(bench.writer.snapshot.writes.isEmpty, "\(name)")
    }

    @Test func listsDecideWhoAndWhere() async throws {
        var bench = Bench()
        bench.options.gate.regions = [Glob("us-*")]
        #expect(try await bench.process(Bench.volume()).map(\.reason) == [.regionNotAllowed])
        bench.options.gate.regions = [Glob("ap-*")]
        bench.options.gate.excludedIdentities = [Glob("*user/seung*")]
        #expect(try await bench.process(Bench.volume()).map(\.reason) == [.identityExcluded])
        bench.options.gate.excludedIdentities = []
        bench.options.gate.disabledHandlers = [Glob("ec2:*")]
        #expect(try await bench.process(Bench.volume()).map(\.reason) == [.handlerDisabled])
        bench.options.gate.disabledHandlers = []
        bench.options.gate.accounts = .only(["111111111111"])
        #expect(try await bench.process(Bench.volume()).map(\.reason) == [.accountNotAllowed])
        bench.options.gate.accounts = .only([Bench.account])
        // What the gate kept out under other settings is taken up now.
        #expect(try await bench.process(Bench.volume()).map(\.outcome) == [.tagged])
    }

    @Test func ownEventsAreKnownByRoleButPeopleAreNot() async throws {
        let session: @Sendable (String) -> JSONValue = { role in
            [
                "type": "AssumedRole", "accountId": .string(Bench.account),
                "arn": .string("arn:aws:sts::\(Bench.account):assumed-role/\(role)/other-session"),
            ]
        }
        let mine = try await Bench().process(Bench.volume(["userIdentity": session("autotagger")]))
        #expect(mine.map(\.reason) == [.ownEvent])
        let sso = FixedCaller(
            accountID: Bench.account,
            arn: "arn:aws:sts::\(Bench.account):assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann@example.com")
        let people = try await Bench(caller: sso).process(
            Bench.volume(["userIdentity": session("AWSReservedSSO_Admin_0123456789abcdef")]))
        #expect(people.map(\.outcome) == [.tagged])
    }

    @Test func theOptOutTagIsObeyed() async throws {
        let bench = Bench(writer: RecordingTagWriter(tags: [Bench.volumeARN: ["auto-tagger": "OFF"]]))
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == .skipped && report.reason == .optedOut && bench.writer.snapshot.writes.isEmpty)
    }

    @Test func aRefusedReadWritesNothing() async throws {
        let bench = Bench()
        let denied = Failure(code: "UnauthorizedOperation", message: "no", isTransient: true, kind: .permission)
        bench.writer.fail(reading: [Bench.volumeARN: denied])
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == .failed && report.error == denied && bench.writer.snapshot.writes.isEmpty)
    }

    @Test(arguments: [(60.0, Outcome.deferred), (3600, .skipped)])
    func notFoundMeansNotYetWhileTheEventIsYoung(age: TimeInterval, outcome: Outcome) async throws {
        var bench = Bench()
        bench.now = Date(timeIntervalSince1970: 1_691_037_387 + age)
        bench.writer.fail(writing: [
            Bench.volumeARN: Failure(code: "InvalidVolume.NotFound", message: "no", isTransient: true, kind: .notFound)
        ])
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.outcome == outcome)
        #expect(report.reason == (outcome == .skipped ? .resourceGone : nil))
    }

    @Test func whatIsStillBeingMadeIsPutOff() async throws {
        var bench = Bench()
        bench.now = Date(timeIntervalSince1970: 1_691_037_387 + 3600)
        bench.writer.fail(writing: [
            Bench.volumeARN: Failure(code: "IncorrectState", message: "no", isTransient: true, kind: .notReady)
        ])
        #expect(try await bench.process(Bench.volume()).map(\.outcome) == [.deferred])
    }

    @Test func oneBadResourceDoesNotCostTheOthers() async throws {
        let bench = Bench()
        let event = try Fixtures.event("ec2/CreateSnapshots.json")
        let bad = "arn:aws:ec2:ap-northeast-2::snapshot/snap-0aa"
        bench.writer.fail(writing: [bad: Failure(code: "X", message: "no", isTransient: true, kind: .service)])
        let report = try #require(await bench.process(event).first)
        #expect(report.resources.map(\.outcome) == [.failed, .tagged])
        #expect(report.outcome == .failed && report.error?.code == "X")
    }

    @Test func afterARetryOnlyWhatIsMissingIsWritten() async throws {
        let bench = Bench()
        let event = try Fixtures.event("ec2/CreateSnapshots.json")
        let bad = "arn:aws:ec2:ap-northeast-2::snapshot/snap-0aa"
        bench.writer.fail(writing: [bad: Failure(code: "X", message: "no", isTransient: true, kind: .service)])
        _ = try await bench.process(event)
        let mended = Bench(writer: RecordingTagWriter(tags: bench.writer.snapshot.tags), ledger: bench.ledger)
        let report = try #require(await mended.process(event).first)
        #expect(report.outcome == .tagged)
        #expect(mended.writer.snapshot.writes.map(\.resource.arn) == [bad])
    }

    @Test func tagsThatDoNotFitAreNamed() async throws {
        let full = Dictionary(uniqueKeysWithValues: (1...48).map { ("k\($0)", "v") } + [("aws:x", "y")])
        let bench = Bench(writer: RecordingTagWriter(tags: [Bench.volumeARN: full]))
        let report = try #require(await bench.process(Bench.volume()).first)
        #expect(report.error?.code == "TagLimitExceeded")
        #expect(report.error?.message.contains("CreatedAt") == true)
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "seungkim")
    }

    @Test func theNewestCreationOfANameCounts() async throws {
        let shared = InMemoryLedger()
        let older = try Bench.volume(["eventID": "older", "eventTime": "2023-08-03T04:00:00Z"])
        let newer = try Bench.volume([
            "eventID": "newer", "eventTime": "2023-08-03T05:00:00Z",
            "userIdentity": ["type": "IAMUser", "userName": "ann", "accountId": .string(Bench.account)],
        ])
        let bench = Bench(ledger: shared)
        _ = try await bench.process(older)
        #expect(try await bench.process(newer).map(\.outcome) == [.tagged])
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "ann")
        let late = try Bench.volume(["eventID": "late", "eventTime": "2023-08-03T04:30:00Z"])
        #expect(try await bench.process(late).map(\.reason) == [.superseded])
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "ann")
    }

    @Test func nothingOutsideTheEventsAccountIsTagged() async throws {
        struct Foreign: Plugin, ResourceHandler {
            let name = "foreign"
            var handlers: [any ResourceHandler] { [self] }
            let resource = ResourceType("foreign", "thing")
            let triggers = [Trigger("foreign.example.com", "CreateThing")]
            let tagging = TaggingOperation("foreign", "TagResource")
            func find(in event: CloudTrailEvent) -> Finding {
                Finding(
                    resources: [
                        "arn:aws:x:ap-northeast-2:999999999999:y/1", "arn:aws:x:us-east-1:123456789101:y/2", "no",
                    ]
                    .map {
                        TaggableResource(
                            type: resource, id: "1", arn: $0, accountID: event.accountID, region: event.region,
                            tagging: tagging)
                    })
            }
        }
        let bench = Bench(plugins: [Foreign()])
        let event = try Bench.volume(["eventSource": "foreign.example.com", "eventName": "CreateThing"])
        let report = try #require(await bench.process(event).first)
        #expect(report.resources.map(\.error?.code) == ["foreignResource", "foreignResource", "badARN"])
        #expect(bench.writer.snapshot.writes.isEmpty)
    }

    @Test func theStoryOfALaunch() async throws {
        let report = try await Bench(
            caller: FixedCaller(
                failing: .init(
                    code: "x", message: "", isTransient: false, kind: .permission))
        )
        .dispatcher().explain(Fixtures.event("ec2/RunInstances.json"))
        #expect(report.outcome == .planned && report.identity?.name == "seungkim" && report.handler == "ec2:instance")
        #expect(report.resources.map(\.id) == ["i-0a1b2c3d4e5f60718", "eni-0a1b2c3d4e5f60718"])
        #expect(report.resources[0].tags["CreatedAt"] == "2023-08-03T04:36:27Z")
        #expect(report.resources[0].tags["InstanceId"] == nil)
        #expect(report.resources[1].tags["InstanceId"] == "i-0a1b2c3d4e5f60718")
        #expect(report.calls?.map(\.action).prefix(2) == ["sts:GetCallerIdentity", "ec2:DescribeInstances"])
        #expect(report.notes?.count == 3)
    }

    @Test func eventsThatComeTogetherShareTheirCalls() async throws {
        let bench = Bench()
        let events = try (0..<10).map { number in
            try Bench.volume([
                "eventID": .string("event-\(number)"), "responseElements": ["volumeId": .string("vol-\(number)")],
            ])
        }
        let reports = try await bench.dispatcher().process(events)
        #expect(reports.allSatisfy { $0.outcome == .tagged && $0.resources.count == 1 })
        #expect(reports.map { $0.resources.first?.id } == (0..<10).map { "vol-\($0)" })
        #expect(bench.writer.snapshot.reads == 1)
    }

    /// A name that is made, deleted and made again within a group belongs to who made it last, in whatever order they come.
    @Test(arguments: [[0, 1], [1, 0]]) func theNewestOfAGroupNamesTheMaker(order: [Int]) async throws {
        let bench = Bench()
        let events = try [("old", "2023-08-03T04:36:27Z"), ("new", "2023-08-03T04:36:57Z")].map { name, time in
            try Bench.volume([
                "eventID": .string(name), "eventTime": .string(time),
                "userIdentity": ["type": "IAMUser", "userName": .string(name)],
            ])
        }
        let reports = try await bench.dispatcher().process(order.map { events[$0] })
        let byID = Dictionary(uniqueKeysWithValues: reports.map { ($0.eventID, $0) })
        #expect(byID["new"]?.outcome == .tagged && byID["old"]?.reason == .superseded)
        #expect(bench.writer.snapshot.tags[Bench.volumeARN]?["Creator"] == "new")
    }

    /// A record of another account that claims the same resource, and later, must not keep its maker from it.
    @Test func aClaimFromElsewhereSupersedesNobody() async throws {
        var bench = Bench()
        bench.options.gate.accounts = .any
        let topic = "arn:aws:sns:ap-northeast-2:\(Bench.account):alerts"
        let creation: [String: JSONValue] = [
            "eventSource": "sns.amazonaws.com", "eventName": "CreateTopic",
            "responseElements": ["topicArn": .string(topic)],
        ]
        let foreign: [String: JSONValue] = [
            "eventID": "foreign", "eventTime": "2023-08-03T04:36:57Z", "recipientAccountId": "210987654321",
        ]
        let reports = try await bench.process(
            Bench.volume(creation), Bench.volume(creation.merging(foreign) { $1 }))
        #expect(reports.map(\.outcome) == [.tagged, .failed])
        #expect(reports.last?.error?.code == "foreignResource")
        #expect(bench.writer.snapshot.tags[topic]?["Creator"] == "seungkim")
    }

    @Test(arguments: [
        (Failure.Kind.throttled, LedgerState.deferred), (.notReady, .deferred), (.unreachable, .failed),
        (.permission, .dead),
    ])
    func onlyWhatMayNotPassIsGivenUp(kind: Failure.Kind, state: LedgerState) async throws {
        let bench = Bench()
        let failure = Failure(code: "Sample", message: "no", isTransient: true, kind: kind)
        bench.writer.fail(writing: [Bench.volumeARN: failure])
        for _ in 0..<8 { _ = try await bench.process(Bench.volume()) }
        let record = try #require(await bench.ledger.records(ofEvent: Bench.volume().eventID).first)
        #expect(record.state == state)
    }
}
