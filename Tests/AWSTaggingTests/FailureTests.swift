import AWSTagging
import AutoTagger
import CurlHTTP
import Testing

/// What services say when a resource is not there, not ready, or not ours.
@Suite struct FailureTests {
    struct Answer: CustomTestStringConvertible, Sendable {
        let status: Int
        let code: String
        var message = "no"
        let kind: Failure.Kind
        let isTransient: Bool
        var testDescription: String { code }
    }

    static let answers: [Answer] = [
        Answer(status: 400, code: "ResourceNotFoundException", kind: .notFound, isTransient: true),
        Answer(status: 404, code: "CacheClusterNotFound", kind: .notFound, isTransient: true),
        Answer(status: 400, code: "NoSuchEntity", kind: .notFound, isTransient: true),
        Answer(status: 400, code: "ResourceInUseException", kind: .notReady, isTransient: true),
        Answer(status: 400, code: "InvalidDBInstanceState", kind: .notReady, isTransient: true),
        Answer(
            status: 400, code: "InvalidParameterValue", message: "Environment must be Ready", kind: .notReady,
            isTransient: true),
        Answer(
            status: 400, code: "ClientException", message: "Directory Status: Creating", kind: .notReady,
            isTransient: true),
        Answer(status: 400, code: "ValidationException", kind: .service, isTransient: false),
        Answer(status: 403, code: "AccessDeniedException", kind: .permission, isTransient: true),
    ]

    @Test(arguments: answers)
    func saysWhatCanBeDone(_ answer: Answer) async throws {
        let resource = try Declared.resource(
            "{wire: json, target: T, operation: TagResource, id: Arn, tags: list}", id: "1",
            arn: "arn:aws:sample:eu-west-1:123456789012:thing/1")
        let aws = ScriptedAWS { _ in
            .refused(answer.status, #"{"__type":"\#(answer.code)","message":"\#(answer.message)"}"#)
        }
        let answers = await aws.writer.read([resource])
        let failure = #expect(throws: Failure.self) { try answers[0].get() }
        #expect(failure?.kind == answer.kind)
        #expect(failure?.isTransient == answer.isTransient)
        #expect(failure?.code == answer.code)
    }
}
