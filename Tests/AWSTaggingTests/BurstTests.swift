import AWSClient
import AWSTagging
import AutoTagger
import AutoTaggerTesting
import BuiltinPlugins
import CloudTrail
import Configuration
import CurlHTTP
import Foundation
import JSON
import Logging
import Synchronization
import Testing

/// Many events at once, against an EC2 that refuses most calls: nothing is lost, nothing is given up, nothing is tagged twice.
///
/// `AUTOTAGGER_FULL_LOAD=1` plays 10,000 events instead of 1,000.
@Suite struct BurstTests {
    static let count = ProcessInfo.processInfo.environment["AUTOTAGGER_FULL_LOAD"] == nil ? 1_000 : 10_000
    static let account = "123456789012"

    @Test func aBurstUnderThrottlingDrainsWithoutLoss() async throws {
        let clock = ManualClock()
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let now = { @Sendable in start.addingTimeInterval(Double(clock.now.offset.components.seconds)) }
        let ec2 = ThrottlingEC2(share: 0.6)
        let dispatcher = try dispatcher(ec2, clock, now)

        var waiting = (0..<Self.count).map { Self.volume($0, at: start) }
        var rounds = 0
        while !waiting.isEmpty, rounds < 1_000 {
            rounds += 1
            waiting = await drain(waiting, dispatcher)
            // A queue shows a message again when its visibility ends.
            try await clock.sleep(until: clock.now.advanced(by: .seconds(30)), tolerance: nil)
        }

        let state = ec2.snapshot
        print(
            "burst: \(Self.count) events, \(state.answered) calls answered and \(state.refused) refused, "
                + "\(rounds) deliveries at most, \(clock.now.offset.components.seconds) s of virtual time")
        #expect(waiting.isEmpty)
        #expect(state.tags.count == Self.count)
        #expect(state.tags.values.allSatisfy { $0["Creator"]?.hasPrefix("maker-") == true && $0["CreatedAt"] != nil })
        #expect(state.writes.values.allSatisfy { $0 == 1 })
        #expect(state.answered < Self.count, "events that came together share their calls")
    }

    /// Groups of ten, four at a time; answers the events that have to come again.
    private func drain(_ events: [CloudTrailEvent], _ dispatcher: Dispatcher) async -> [CloudTrailEvent] {
        var groups = stride(from: 0, to: events.count, by: 10)
            .map { Array(events[$0..<min($0 + 10, events.count)]) }[...]
        var again: [CloudTrailEvent] = []
        await withTaskGroup(of: [CloudTrailEvent].self) { tasks in
            func startNext() {
                guard let group = groups.popFirst() else { return }
                tasks.addTask {
                    zip(group, await dispatcher.process(group)).filter { !$1.outcome.isDone }.map(\.0)
                }
            }
            for _ in 0..<4 { startNext() }
            while let some = await tasks.next() {
                again += some
                startNext()
            }
        }
        return again
    }

    private func dispatcher(
        _ ec2: ThrottlingEC2, _ clock: ManualClock, _ now: @escaping @Sendable () -> Date
    ) throws -> Dispatcher {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let client = AWSClient(
            transport: ec2, environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"],
            clock: clock, now: now, random: { 0.5 }, readFile: { _ in nil }, logger: logger)
        return Dispatcher(
            ports: .init(
                registry: try HandlerRegistry(catalogue: BuiltinCatalogue()), reader: AWSResourceReader(client: client),
                writer: AWSTagWriter(client: client), ledger: InMemoryLedger(),
                caller: FixedCaller(accountID: Self.account), clock: clock, now: now, logger: logger),
            options: Settings.defaults.dispatcher)
    }

    private static func volume(_ number: Int, at time: Date) -> CloudTrailEvent {
        let maker = "maker-\(number / 100 % 7)"
        return CloudTrailEvent(record: [
            "eventVersion": "1.08", "eventID": .string("event-\(number)"), "eventSource": "ec2.amazonaws.com",
            "eventName": "CreateVolume", "eventTime": .string(EventTime.text(time)), "awsRegion": "eu-west-1",
            "recipientAccountId": .string(account),
            "userIdentity": [
                "type": "IAMUser", "userName": .string(maker), "accountId": .string(account),
                "arn": .string("arn:aws:iam::\(account):user/\(maker)"),
            ],
            "responseElements": ["volumeId": .string("vol-\(number)")],
        ])
    }
}

/// An EC2 that refuses a share of all calls, whatever the pace, and keeps the tags of the others.
private final class ThrottlingEC2: HTTPTransport {
    struct State: Sendable {
        var tags: [String: [String: String]] = [:]
        var writes: [String: Int] = [:]
        var answered = 0
        var refused = 0
        var seed: UInt64 = 20_231_114
    }

    private let share: Double
    private let state = Mutex(State())

    init(share: Double) { self.share = share }

    var snapshot: State { state.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        await Task.yield()
        return state.withLock { answer(request.form, &$0) }
    }

    private func answer(_ form: [String: String], _ state: inout State) -> HTTPResponse {
        state.seed = state.seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        guard Double(state.seed >> 33) / Double(UInt32.max >> 1) >= share else {
            state.refused += 1
            return .refused(
                503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>")
        }
        state.answered += 1
        guard form["Action"] == "CreateTags" else { return .ok(Self.described(form, state.tags)) }
        for id in form.values(of: "ResourceId.") {
            state.writes[id, default: 0] += 1
            var number = 1
            while let key = form["Tag.\(number).Key"] {
                state.tags[id, default: [:]][key] = form["Tag.\(number).Value"]
                number += 1
            }
        }
        return .ok("<CreateTagsResponse><return>true</return></CreateTagsResponse>")
    }

    private static func described(_ form: [String: String], _ tags: [String: [String: String]]) -> String {
        let items = form.values(of: "Filter.1.Value.").flatMap { id in
            (tags[id] ?? [:]).map { key, value in
                "<item><resourceId>\(id)</resourceId><key>\(key)</key><value>\(value)</value></item>"
            }
        }
        return "<DescribeTagsResponse><tagSet>\(items.joined())</tagSet></DescribeTagsResponse>"
    }
}

extension HTTPRequest {
    /// The fields of a query form.
    fileprivate var form: [String: String] {
        var fields: [String: String] = [:]
        for pair in bodyText.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        return fields
    }
}

extension [String: String] {
    fileprivate func values(of prefix: String) -> [String] {
        (1...1_000).lazy.map { self["\(prefix)\($0)"] }.prefix { $0 != nil }.compactMap(\.self)
    }
}
