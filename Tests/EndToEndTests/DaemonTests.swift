import Foundation
import JSON
import Testing

/// `autotagger daemon`, from a queue to tags, and its end.
@Suite("The daemon", .needsFakeAWS) struct DaemonTests {
    private static let settings = "ledger: {lease: 3s}\ndaemon: {visibility: 2s}\n"

    /// Starts a daemon on a queue, with its health at a port of the test's own.
    private static func start(_ place: Workspace, _ queue: TestQueue, health: String = "none") throws -> RunningProgram
    {
        let file = try place.write(settings, to: "autotagger.yaml")
        return try place.start(
            ["daemon", "--queue-url", queue.url, "--config", file, "--health-address", health, "--log-level", "info"])
    }

    private static func newVolumes(_ count: Int, _ place: Workspace) async throws -> (
        ids: [String], events: [JSONValue]
    ) {
        var ids: [String] = []
        var events: [JSONValue] = []
        for _ in 0..<count {
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            ids.append(try made.text("VolumeId"))
            events.append(made.event)
        }
        return (ids, events)
    }

    private static func expectTagged(_ ids: [String], _ place: Workspace) async throws {
        for id in ids { #expect(try await place.witness.tags(of: id)["Creator"] == "alice") }
    }

    @Test("tags what comes in, leaves what is no event to the dead-letter queue, and ends with 0")
    func tagsAndEnds() async throws {
        try await Workspace.with { place in
            let queue = try await place.witness.newQueue(deadAfter: 2)
            let (ids, events) = try await Self.newVolumes(12, place)
            try await place.witness.send(events + events.prefix(4), texts: ["not JSON", "{\"a\": 1}"], to: queue)
            let daemon = try Self.start(place, queue)
            try await place.witness.eventually("the queue is empty, and two messages are dead") {
                let depth = try await place.witness.depth(of: queue.url)
                let dead = try await place.witness.depth(of: queue.dead)
                return depth.visible + depth.hidden == 0 && dead.visible == 2
            }
            kill(daemon.processID, SIGTERM)
            let run = try await daemon.finished()
            #expect(run.status == 0, "\(run.account)")
            #expect(run.errors.contains("a message cannot be read as CloudTrail events"), "\(run.errors)")
            try await Self.expectTagged(ids, place)
            #expect(try await place.calls().count { $0 == "CreateTags" } <= ids.count)
        }
    }

    @Test("answers for its health and tells its metrics")
    func answers() async throws {
        try await Workspace.with { place in
            let queue = try await place.witness.newQueue()
            let (_, events) = try await Self.newVolumes(3, place)
            try await place.witness.send(events, to: queue)
            // Below the ports that the system hands to clients, one of which may be there already.
            let port = 20_000 + Int.random(in: 0..<12_000)
            let daemon = try Self.start(place, queue, health: "127.0.0.1:\(port)")
            func get(_ path: String) async throws -> JSONValue {
                try await place.witness.ask("get", ["url": .string("http://127.0.0.1:\(port)\(path)")])
            }
            try await place.witness.eventually("three messages are deleted") {
                try await get("/metrics")["text"]?.string?.contains("outcome=\"deleted\",queue=\"\(queue.name)\"} 3")
                    == true
            }
            #expect(try await get("/healthz")["status"]?.integer == 200)
            #expect(try await get("/readyz")["status"]?.integer == 200)
            #expect(try await get("/other")["status"]?.integer == 404)
            let metrics = try await get("/metrics")["text"]?.string ?? ""
            #expect(metrics.contains("autotagger_events_total{outcome=\"tagged\"} 3"), "\(metrics)")
            kill(daemon.processID, SIGINT)
            let run = try await daemon.finished()
            #expect(run.status == 0, "\(run.account)")
            #expect(try await get("/healthz") == .null)
        }
    }

    @Test("told to end amid a batch: 0 within ten seconds, and another one finishes it")
    func endsAmidABatch() async throws {
        try await Workspace.with { place in
            let queue = try await place.witness.newQueue()
            let (ids, events) = try await Self.newVolumes(6, place)
            let hanging = try await place.fault("hangBefore", on: "CreateTags", times: 100)
            try await place.witness.send(events, to: queue)
            let daemon = try Self.start(place, queue)
            try #require(try await place.witness.ask("reached", ["fault": hanging]) == true)
            let told = ContinuousClock.now
            kill(daemon.processID, SIGTERM)
            let run = try await daemon.finished()
            #expect(run.status == 0, "\(run.account)")
            #expect(told.duration(to: .now) < .seconds(10))
            let depth = try await place.witness.depth(of: queue.url)
            #expect(depth.visible == Int64(events.count) && depth.hidden == 0, "\(depth) \(run.errors)")
            _ = try await place.witness.ask("release", ["fault": hanging])
            let next = try Self.start(place.with(["AWS_ACCESS_KEY_ID": "AKIASECOND0000000001"]), queue)
            try await place.witness.eventually("the queue is empty") {
                let depth = try await place.witness.depth(of: queue.url)
                return depth.visible + depth.hidden == 0
            }
            kill(next.processID, SIGTERM)
            #expect(try await next.finished().status == 0)
            try await Self.expectTagged(ids, place)
        }
    }

    @Test("two on one queue and one ledger, one killed: nothing is lost, little is done twice")
    func survivesKills() async throws {
        try await Workspace.with { place in
            let run = try await RunningProgram(
                Prerequisites.python,
                ["-m", "daemon.kills", Prerequisites.autotagger.path, "--events", "150", "--kills", "1"],
                environment: ["PYTHONPATH": Prerequisites.support.path, "PATH": "/usr/bin:/bin"], in: place.folder
            ).finished()
            #expect(run.status == 0, "\(run.account)")
        }
    }

    @Test(
        "what cannot be is named at the start",
        arguments: [
            (["--queue-url", "autotagger"], "is no queue's URL"),
            ([], "name one with --queue-url"),
            (["--queue-url", "http://127.0.0.1:1/1/q", "--visibility", "1s"], "from 2s to 12h"),
            (["--queue-url", "http://127.0.0.1:1/1/q", "--receivers", "99"], "from 1 to 16"),
            (["--queue-url", "http://127.0.0.1:1/1/q", "--health-address", "here"], "is none"),
        ])
    func refusesWhatCannotBe(arguments: [String], words: String) async throws {
        try await Workspace.with { place in
            let run = try await place.autotagger(["daemon"] + arguments)
            #expect(run.status == 78 && run.errors.contains(words), "\(run.account)")
        }
    }

    @Test("a queue that is not there ends it with 78")
    func refusesAQueueThatIsNotThere() async throws {
        try await Workspace.with { place in
            let url = place.witness.endpoint + "/123456789012/no-such-queue"
            let run = try await place.autotagger(["daemon", "--queue-url", url, "--health-address", "none"])
            #expect(run.status == 78 && run.errors.contains("there is no queue 'no-such-queue'"), "\(run.account)")
        }
    }
}

extension TestQueue {
    /// The queue's name, as the metrics say it.
    var name: String { String(url.split(separator: "/").last ?? "") }
}
