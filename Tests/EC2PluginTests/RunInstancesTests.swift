import AutoTagger
import AutoTaggerTesting
import CloudTrail
import EC2Plugin
import Foundation
import JSON
import Testing

@Suite struct RunInstancesTests {
    static let account = "111122223333"

    /// A launch record of instances `i-1`, `i-2` …, at noon.
    static func launch(
        _ count: Int = 1, request: JSONValue = [:], interfaces: Bool = true
    ) -> CloudTrailEvent {
        let instances = (1...count).map { number -> JSONValue in
            var instance: [String: JSONValue] = ["instanceId": .string("i-\(number)"), "imageId": "ami-1"]
            if interfaces {
                instance["networkInterfaceSet"] = ["items": [["networkInterfaceId": .string("eni-\(number)")]]]
            }
            return .object(instance)
        }
        return CloudTrailEvent(
            record: [
                "eventID": "e", "eventSource": "ec2.amazonaws.com", "eventName": "RunInstances",
                "awsRegion": "us-east-1",
                "eventTime": "2026-01-02T12:00:00Z", "recipientAccountId": .string(account),
                "requestParameters": request, "responseElements": ["instancesSet": ["items": .array(instances)]],
            ])
    }

    static let noon = "2026-01-02T12:00:00Z"

    static func volume(_ id: String, _ device: String, at time: String = noon) -> JSONValue {
        ["deviceName": .string(device), "ebs": ["volumeId": .string(id), "attachTime": .string(time)]]
    }

    static func described(
        _ id: String, state: String = "running", volumes: [JSONValue], interfaces: [JSONValue]? = nil
    ) -> JSONValue {
        [
            "instanceId": .string(id), "instanceState": ["name": .string(state)], "rootDeviceName": "/dev/xvda",
            "rootDeviceType": "ebs", "blockDeviceMapping": ["item": .array(volumes)],
            "networkInterfaceSet": ["item": .array(interfaces ?? [interface("eni-1", "0")])],
        ]
    }

    static func interface(_ id: String, _ index: String, at time: String = noon) -> JSONValue {
        [
            "networkInterfaceId": .string(id),
            "attachment": ["deviceIndex": .string(index), "attachTime": .string(time)],
        ]
    }

    static func page(_ instances: JSONValue...) -> JSONValue {
        ["reservationSet": ["item": ["instancesSet": ["item": .array(instances)]]]]
    }

    func complete(
        _ event: CloudTrailEvent, _ script: [String: [Result<[JSONValue], Failure>]], isYoung: Bool = false,
        clock: ManualClock = ManualClock(), patience: Duration = .seconds(60)
    ) async throws -> (completion: Completion, calls: [String]) {
        let reader = ScriptedReader(script)
        let handler = RunInstancesHandler()
        let lookup = Lookup(
            accountID: Self.account, region: "us-east-1", reader: reader, isYoung: isYoung, patience: patience,
            clock: clock)
        let completion = try await handler.complete(handler.find(in: event), of: event, with: lookup)
        return (completion, reader.calls.map(\.operation))
    }

    func ids(_ completion: Completion) -> [String] { completion.resources.map(\.id) }

    @Test func findsInstancesAndInterfacesInTheRecord() {
        let finding = RunInstancesHandler().find(in: Self.launch(2))
        #expect(finding.resources.map(\.id) == ["i-1", "eni-1", "i-2", "eni-2"])
        #expect(finding.resources.map { $0.parent?.id } == [nil, "i-1", nil, "i-2"])
        #expect(finding.resources[0].arn == "arn:aws:ec2:us-east-1:111122223333:instance/i-1")
        #expect(finding.lookups.count == 1 && finding.openQuestions.count == 1)
    }

    @Test func asksInGroupsOfTwoHundred() {
        #expect(RunInstancesHandler().find(in: Self.launch(401)).lookups.count == 3)
    }

    @Test func findsNothingWithoutAResponse() {
        let event = CloudTrailEvent(record: ["eventName": "RunInstances", "responseElements": nil])
        #expect(RunInstancesHandler().find(in: event) == Finding(resources: []))
    }

    @Test func everyVolumeOfTheLaunchIsFoundWithOneCall() async throws {
        let event = Self.launch(
            request: [
                "blockDeviceMapping": ["items": [["deviceName": "/dev/sdb", "ebs": [:]], ["deviceName": "/dev/sdc"]]]
            ])
        let volumes = [
            Self.volume("vol-root", "/dev/xvda"), Self.volume("vol-b", "/dev/sdb", at: "2026-01-02T12:00:09Z"),
            Self.volume("vol-c", "/dev/sdc"),
        ]
        let (completion, calls) = try await complete(
            event, ["DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: volumes))])]])
        #expect(ids(completion) == ["i-1", "vol-root", "vol-b", "vol-c", "eni-1"])
        #expect(calls == ["DescribeInstances"])
        #expect(completion.resources.dropFirst().allSatisfy { $0.parent?.id == "i-1" })
    }

    @Test func allPagesAreRead() async throws {
        let pages = [
            Self.page(Self.described("i-1", volumes: [Self.volume("vol-1", "/dev/xvda")])),
            Self.page(Self.described("i-2", volumes: [Self.volume("vol-2", "/dev/xvda")])),
        ]
        let (completion, _) = try await complete(Self.launch(2), ["DescribeInstances": [.success(pages)]])
        #expect(ids(completion) == ["i-1", "vol-1", "eni-1", "i-2", "vol-2", "eni-2"])
    }

    @Test func waitsForVolumesThatAppearSecondsLater() async throws {
        let clock = ManualClock()
        let none = Self.page(Self.described("i-1", state: "pending", volumes: []))
        let some = Self.page(Self.described("i-1", state: "pending", volumes: [Self.volume("vol-1", "/dev/xvda")]))
        let (completion, calls) = try await complete(
            Self.launch(), ["DescribeInstances": [.success([none]), .success([none]), .success([some])]], clock: clock)
        #expect(ids(completion) == ["i-1", "vol-1", "eni-1"])
        #expect(completion.unfinished == nil)
        #expect(calls.count == 3 && clock.waits == [.seconds(1), .seconds(2)])
    }

    @Test func waitingHasABoundAndThenTheRestIsTagged() async throws {
        let clock = ManualClock()
        let none = Self.page(Self.described("i-1", state: "pending", volumes: []))
        let (completion, _) = try await complete(
            Self.launch(), ["DescribeInstances": [.success([none])]], clock: clock, patience: .seconds(20))
        #expect(ids(completion) == ["i-1", "eni-1"])
        #expect(completion.unfinished?.code == "volumesNotVisible")
        #expect(clock.waits.reduce(.zero, +) <= .seconds(20))
    }

    @Test func aRunningInstanceIsNeverWaitedFor() async throws {
        let clock = ManualClock()
        _ = try await complete(
            Self.launch(), ["DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: []))])]],
            clock: clock)
        #expect(clock.waits.isEmpty)
    }

    /// Attached later, by someone else: by time, by device, or both.
    @Test(arguments: [
        ("days later, under a name of the launch", "/dev/sdb", "2026-01-05T12:00:00Z"),
        ("days later, under another name", "/dev/sdh", "2026-01-05T12:00:00Z"),
        ("in the same second, under another name", "/dev/sdh", noon),
    ])
    func volumesAttachedByHandBelongToOthers(name: String, device: String, time: String) async throws {
        let event = Self.launch(request: ["blockDeviceMapping": ["items": [["deviceName": "/dev/sdb"]]]])
        let volumes = [Self.volume("vol-root", "/dev/xvda"), Self.volume("vol-other", device, at: time)]
        let image: JSONValue = [
            "imagesSet": ["item": ["blockDeviceMapping": ["item": ["deviceName": "/dev/xvda", "ebs": [:]]]]]
        ]
        let (completion, _) = try await complete(
            event,
            [
                "DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: volumes))])],
                "DescribeImages": [.success([image])],
            ])
        #expect(ids(completion) == ["i-1", "vol-root", "eni-1"], "\(name)")
    }

    @Test func volumesOfTheImageAndOfTheTemplateAreOfTheLaunch() async throws {
        let event = Self.launch(request: ["launchTemplate": ["launchTemplateId": "lt-1", "version": "2"]])
        let volumes = [
            Self.volume("vol-root", "/dev/xvda"), Self.volume("vol-image", "/dev/sdb"),
            Self.volume("vol-template", "/dev/sdc"), Self.volume("vol-other", "/dev/sdd"),
        ]
        let mapping = { (device: String) -> JSONValue in ["item": ["deviceName": .string(device), "ebs": [:]]] }
        let (completion, calls) = try await complete(
            event,
            [
                "DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: volumes))])],
                "DescribeImages": [.success([["imagesSet": ["item": ["blockDeviceMapping": mapping("/dev/sdb")]]]])],
                "DescribeLaunchTemplateVersions": [
                    .success([
                        [
                            "launchTemplateVersionSet": [
                                "item": ["launchTemplateData": ["blockDeviceMappingSet": mapping("/dev/sdc")]]
                            ]
                        ]
                    ])
                ],
            ])
        #expect(ids(completion) == ["i-1", "vol-root", "vol-image", "vol-template", "eni-1"])
        #expect(calls == ["DescribeInstances", "DescribeImages", "DescribeLaunchTemplateVersions"])
    }

    @Test func withoutTheImageOnlyTheSameBreathCounts() async throws {
        let volumes = [
            Self.volume("vol-root", "/dev/xvda"), Self.volume("vol-same", "/dev/sdb", at: "2026-01-02T12:00:01Z"),
            Self.volume("vol-later", "/dev/sdc", at: "2026-01-02T12:00:30Z"),
        ]
        let (completion, _) = try await complete(
            Self.launch(),
            [
                "DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: volumes))])],
                "DescribeImages": [.success([["imagesSet": ""]])],
            ])
        #expect(ids(completion) == ["i-1", "vol-root", "vol-same", "eni-1"])
    }

    /// A stop and start renews the launch time; the primary interface's attachment still tells the birth.
    @Test func birthIsWhenThePrimaryInterfaceWasAttached() async throws {
        let later = "2026-01-09T08:00:00Z"
        let volumes = [Self.volume("vol-replaced-root", "/dev/xvda", at: later)]
        let (completion, _) = try await complete(
            Self.launch(), ["DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: volumes))])]])
        #expect(ids(completion) == ["i-1", "eni-1"])
    }

    @Test func interfacesNamedInTheRequestBelongToOthers() async throws {
        let request: JSONValue = [
            "networkInterfaceSet": ["items": [["deviceIndex": 0, "networkInterfaceId": "eni-1"]]]
        ]
        let event = Self.launch(request: request)
        #expect(RunInstancesHandler().find(in: event).resources.map(\.id) == ["i-1"])
        let (completion, _) = try await complete(
            event, ["DescribeInstances": [.success([Self.page(Self.described("i-1", volumes: []))])]])
        #expect(ids(completion) == ["i-1"])
    }

    @Test func interfacesThatTheRecordLeavesOutAreLookedUp() async throws {
        let interfaces = [
            Self.interface("eni-primary", "0"), Self.interface("eni-asked", "1"),
            Self.interface("eni-by-hand", "2"), Self.interface("eni-late", "1", at: "2026-01-05T12:00:00Z"),
        ]
        let request: JSONValue = ["networkInterfaceSet": ["items": [["deviceIndex": 0], ["deviceIndex": 1]]]]
        let (completion, _) = try await complete(
            Self.launch(request: request, interfaces: false),
            [
                "DescribeInstances": [
                    .success([Self.page(Self.described("i-1", volumes: [], interfaces: interfaces))])
                ]
            ])
        #expect(ids(completion) == ["i-1", "eni-primary", "eni-asked"])
    }

    @Test func aTerminatedInstanceIsGoneAndOneThatIsNotThereIsMissing() async throws {
        let (completion, _) = try await complete(
            Self.launch(2),
            ["DescribeInstances": [.success([Self.page(Self.described("i-1", state: "terminated", volumes: []))])]])
        #expect(completion.resources.map(\.presence) == [.gone, .missing])
        #expect(ids(completion) == ["i-1", "i-2"])
    }

    @Test func aRefusedLookupIsAFailure() async throws {
        let denied = Failure(code: "UnauthorizedOperation", message: "no", isTransient: true, kind: .permission)
        await #expect(throws: denied) {
            try await complete(Self.launch(), ["DescribeInstances": [.failure(denied)]])
        }
    }
}
