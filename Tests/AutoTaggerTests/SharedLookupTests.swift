import AutoTagger
import AutoTaggerTesting
import CloudTrail
import Foundation
import JSON
import Testing

/// Launches that come together ask EC2 together.
@Suite struct SharedLookupTests {
    /// EC2 as far as the filter by instances goes: it knows some, and counts how often it was asked for how many.
    actor Instances: ResourceReader {
        private(set) var asked: [[String]] = []
        private let refusal: @Sendable ([String]) -> Failure?

        init(refusal: @escaping @Sendable ([String]) -> Failure? = { _ in nil }) { self.refusal = refusal }

        func read(_ call: PlannedCall, accountID: String, region: String) async throws(Failure) -> [JSONValue] {
            let ids = (call.parameters["Filter"]?.array?.first?["Value"]?.array ?? []).compactMap(\.string)
            asked.append(ids)
            if let refusal = refusal(ids) { throw refusal }
            // One reservation each; a single one stands without a list, as in XML. Two pages where there are several.
            let items = ids.filter { !$0.hasSuffix("gone") }.map { id -> JSONValue in
                ["reservationId": "r", "instancesSet": ["item": Self.instance(id)]]
            }
            return [items.prefix(1), items.dropFirst()].filter { !$0.isEmpty }.map { part in
                let list: JSONValue = part.count == 1 ? part[part.startIndex] : .array(Array(part))
                return ["requestId": "q", "reservationSet": ["item": list]]
            }
        }

        private static func instance(_ id: String) -> JSONValue {
            [
                "instanceId": .string(id), "instanceState": ["name": "running"], "rootDeviceName": "/dev/xvda",
                "rootDeviceType": "ebs",
                "blockDeviceMapping": [
                    "item": ["deviceName": "/dev/xvda", "ebs": ["volumeId": .string("vol-" + id)]]
                ],
            ]
        }
    }

    static func launch(_ number: Int, _ ids: [String], region: String = "us-east-1") -> CloudTrailEvent {
        CloudTrailEvent(
            record: [
                "eventID": .string("e-\(number)"), "eventSource": "ec2.amazonaws.com", "eventName": "RunInstances",
                "awsRegion": .string(region), "eventTime": "2023-08-03T04:36:27Z",
                "recipientAccountId": .string(Bench.account),
                "userIdentity": ["type": "IAMUser", "userName": "jane", "accountId": .string(Bench.account)],
                "responseElements": [
                    "instancesSet": ["items": .array(ids.map { ["instanceId": .string($0), "imageId": "ami-1"] })]
                ],
            ])
    }

    func process(_ events: [CloudTrailEvent], _ reader: Instances) async throws -> [EventReport] {
        var bench = Bench()
        bench.reader = reader
        bench.now = Date(timeIntervalSince1970: 1_800_000_000)
        return try await bench.dispatcher().process(events)
    }

    func volumes(_ report: EventReport) -> [String] { report.resources.map(\.id).filter { $0.hasPrefix("vol-") } }

    @Test func aBurstAsksOnceAndEachGetsItsOwn() async throws {
        let reader = Instances()
        let events = (0..<20).map { Self.launch($0, ["i-\($0)", "i-\($0)-b"]) }
        let reports = try await process(events, reader)
        #expect(reports.map(\.outcome) == events.map { _ in .tagged })
        for (number, report) in reports.enumerated() {
            #expect(volumes(report) == ["vol-i-\(number)", "vol-i-\(number)-b"])
        }
        #expect(await reader.asked.map(\.count) == [40])
    }

    /// On one thread, as in the programs: there all that the answer completes is found before any of it is tagged.
    @Test func whatOneAnswerFoundIsTaggedInOneRound() async throws {
        let reader = Instances()
        let bench = Bench()
        let reports = try await withTaskExecutorPreference(OneThread()) {
            var own = bench
            own.reader = reader
            own.now = Date(timeIntervalSince1970: 1_800_000_000)
            return try await own.dispatcher().process((0..<10).map { Self.launch($0, ["i-\($0)"]) })
        }
        #expect(reports.map(\.outcome) == Array(repeating: .tagged, count: 10))
        #expect(bench.writer.snapshot.reads == 1)
    }

    @Test func oneThatIsGoneCostsTheOthersNothing() async throws {
        let reader = Instances()
        let reports = try await process(
            [Self.launch(0, ["i-0"]), Self.launch(1, ["i-1-gone"]), Self.launch(2, ["i-2"])], reader)
        #expect(reports.map(\.outcome) == [.tagged, .skipped, .tagged])
        #expect(reports[1].resources.first?.reason == .resourceGone)
        #expect(await reader.asked.count == 1)
    }

    @Test func placesAndFullCallsAreKeptApart() async throws {
        let reader = Instances()
        let many = (0..<3).map { number in Self.launch(number, (0..<90).map { "i-\(number)-\($0)" }) }
        let reports = try await process(many + [Self.launch(3, ["i-x"], region: "eu-west-1")], reader)
        #expect(reports.map(\.outcome) == [.tagged, .tagged, .tagged, .tagged])
        #expect(await reader.asked.map(\.count).sorted() == [1, 90, 180])
    }

    @Test(arguments: [Failure.Kind.throttled, .permission, .unreachable])
    func whatIsRefusedToAllIsAskedOnce(kind: Failure.Kind) async throws {
        let failure = Failure(code: "No", message: "no", isTransient: true, kind: kind)
        let reader = Instances { _ in failure }
        let reports = try await process([Self.launch(0, ["i-0"]), Self.launch(1, ["i-1"])], reader)
        #expect(reports.map(\.error) == [failure, failure])
        #expect(await reader.asked.count == 1)
    }

    @Test func oneThatIsRefusedDoesNotFailTheOthers() async throws {
        let reader = Instances { ids in
            ids.contains("bad") ? Failure(code: "Bad", message: "bad", isTransient: false, kind: .service) : nil
        }
        let reports = try await process([Self.launch(0, ["i-0"]), Self.launch(1, ["bad"])], reader)
        #expect(reports.map(\.outcome) == [.tagged, .failed])
        #expect(await reader.asked.map(\.count) == [2, 1, 1])
    }
}

/// Runs everything on one thread, one after the other.
private final class OneThread: TaskExecutor {
    private let queue = DispatchQueue(label: "one thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
