import AutoTagger
import CloudTrail
import Foundation
import JSON
import Locking
import Testing

@testable import AutoTaggerCLI

/// What people are told of an event that was not done.
@Suite struct ReportOutputTests {
    private static let event = CloudTrailEvent(
        record: ["eventName": "CreateVolume", "eventID": "event-1", "eventSource": "ec2.amazonaws.com"])
    private static let own = Failure(code: "Own", message: "the event's", isTransient: true, kind: .service)
    private static let resources = Failure(
        code: "Denied", message: "not this one", isTransient: false, kind: .permission)

    @Test(
        "the reason is the event's own, else that of a resource",
        arguments: [
            (own, resources, "Own: the event's"), (nil, resources, "Denied: not this one"),
            (nil, nil, "no reason given"),
        ] as [(Failure?, Failure?, String)])
    func namesTheReason(error: Failure?, resourceError: Failure?, words: String) {
        var report = EventReport(of: Self.event, outcome: .failed)
        report.error = error
        report.resources = [
            ResourceReport(
                type: ResourceType("ec2", "volume"), id: "vol-1", arn: "arn:aws:ec2:us-east-1:1:volume/vol-1",
                outcome: .failed, error: resourceError)
        ]
        let told = Locked("")
        var output = ReportOutput(
            format: .table,
            context: CommandContext(
                environment: [:], now: { Date(timeIntervalSince1970: 0) }, output: { _ in },
                errors: { text in told.withLock { $0 += text } }))
        output.add(report)
        #expect(told.withLock { $0 } == "autotagger: CreateVolume event-1 failed: \(words)\n")
    }
}
