import AutoTagger
import EventSources
import Testing

@testable import AutoTaggerLambda

/// What Lambda is told of a delivery that is not done.
@Suite struct ItemVerdictTests {
    private static func failure(_ code: String, isTransient: Bool) -> Failure {
        Failure(code: code, message: "no", isTransient: isTransient, kind: .service)
    }

    @Test(
        "The event's own failure goes first, then what stays before what passes, as in the ledger",
        arguments: [
            (nil, [failure("Throttled", isTransient: true), failure("Denied", isTransient: false)], "Denied"),
            (nil, [failure("Throttled", isTransient: true)], "Throttled"),
            (failure("Own", isTransient: true), [failure("Denied", isTransient: false)], "Own"),
            (nil, [], "failed"),
        ] as [(Failure?, [Failure], String)])
    func tellsTheCause(own: Failure?, resources: [Failure], type: String) {
        var report = EventReport(
            key: EventKey(accountID: "123456789012", eventID: "e"),
            header: EventHeader(
                eventSource: "ec2.amazonaws.com", eventName: "RunInstances", region: "eu-west-1", eventTime: nil),
            outcome: .failed)
        report.error = own
        report.resources = resources.map { failure in
            let type = ResourceType("ec2", "instance")
            var resource = ResourceReport(type: type, id: "i-1", arn: "arn", outcome: .failed)
            resource.error = failure
            return resource
        }
        #expect(ItemVerdict(report).failure.type == type)
    }
}
