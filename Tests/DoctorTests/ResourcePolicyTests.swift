import JSON
import Testing

@testable import Doctor

/// What a queue's policy answers to EventBridge.
@Suite struct ResourcePolicyTests {
    private static let queue = "arn:aws:sqs:us-east-1:123456789012:autotagger"
    private static let rule = "arn:aws:events:us-east-1:123456789012:rule/autotagger"

    static let cases: [(statement: String, answer: ResourcePolicy.Answer)] = [
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}"#,
            .allowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":["s3.amazonaws.com","events.amazonaws.com"]},"Action":"SQS:*","Resource":"arn:aws:sqs:*"}"#,
            .allowed
        ),
        (
            #"{"Effect":"Allow","Principal":"*","Action":["sqs:Send*"],"Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:events:us-east-1:123456789012:rule/autotagger"}}}"#,
            .allowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":["1","123456789012"]}}}"#,
            .allowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"NotAction":"sqs:DeleteQueue","Resource":"*"}"#,
            .allowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}"#,
            .notAllowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sqs:SendMessage","Resource":"*"}"#,
            .notAllowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:ReceiveMessage","Resource":"*"}"#,
            .notAllowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:other"}"#,
            .notAllowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:*:rule/other"}}}"#,
            .notAllowed
        ),
        (
            #"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-1"}}}"#,
            .depends(condition: "StringEquals on aws:SourceOrgID")
        ),
    ]

    @Test(arguments: cases.map(\.statement))
    func answers(statement: String) throws {
        let wanted = try #require(Self.cases.first { $0.statement == statement }).answer
        #expect(try answer("[\(statement)]") == wanted)
        #expect(try answer(statement) == wanted, "one statement alone needs no list")
    }

    @Test func whatDeniesWins() throws {
        let allow = Self.cases[0].statement
        let deny = allow.replacing("Allow", with: "Deny")
        #expect(try answer("[\(allow),\(deny)]") == .denied)
        // The usual guard against plain HTTP does not concern EventBridge.
        let insecure =
            #"{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#
        #expect(try answer("[\(insecure),\(allow)]") == .allowed)
    }

    @Test func aDenialThatCannotBeJudgedLeavesDoubt() throws {
        let allow = Self.cases[0].statement
        let deny =
            #"{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceOrgID":"o-1","aws:PrincipalOrgID":"o-1"}}}"#
        let doubt = ResourcePolicy.Answer.depends(condition: "StringNotEquals on aws:PrincipalOrgID")
        #expect(try answer("[\(allow),\(deny)]") == doubt)
        #expect(try answer("[\(deny),\(allow)]") == doubt)
        #expect(try answer(deny) == .notAllowed, "what nobody allows needs no denial")
        let certain = allow.replacing("Allow", with: "Deny")
        #expect(try answer("[\(allow),\(deny),\(certain)]") == .denied)
        let elsewhere = Self.cases[10].statement
        #expect(try answer("[\(deny),\(elsewhere)]") == .depends(condition: "StringEquals on aws:SourceOrgID"))
    }

    private func answer(_ statements: String) throws -> ResourcePolicy.Answer {
        try #require(ResourcePolicy(#"{"Version":"2012-10-17","Statement":\#(statements)}"#)).answer(
            service: "events.amazonaws.com", action: "sqs:SendMessage", resource: Self.queue,
            context: ["aws:sourcearn": Self.rule, "aws:sourceaccount": "123456789012", "aws:securetransport": "true"])
    }
}
