import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct AccountTests {
    private static let own = AWSCredentials(accessKeyID: "OWN", secretAccessKey: "s", accountID: "111111111111")
    private static let role = AccountRole(template: "arn:{partition}:iam::{account}:role/AutoTagger", externalID: "ext")

    private func client(_ transport: ScriptedTransport, _ clock: VirtualClock = VirtualClock()) -> AWSClient {
        var configuration = AWSConfiguration()
        configuration.accountRole = Self.role
        return AWSClient(
            configuration: configuration,
            transport: transport,
            environment: [:],
            clock: clock,
            now: { clock.date() },
            random: { 1 },
            readFile: { _ in nil },
            credentials: KnownCredentials(known: Self.own)
        )
    }

    /// Answers AssumeRole with keys named after the account, and everything else with an empty reply.
    private static func aws(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPError> {
        let body = String(decoding: request.body, as: UTF8.self)
        guard body.contains("Action=AssumeRole&") else {
            return .status(200, "<Reply><requestId>r</requestId></Reply>")
        }
        let account = body.split(separator: "iam%3A%3A").last?.prefix(12) ?? ""
        return .status(
            200,
            """
            <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>KEY\(account)</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2015-08-30T13:36:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
            """
        )
    }

    @Test(arguments: [
        ("222222222222", "eu-central-1", "sts.eu-central-1.amazonaws.com", "arn%3Aaws%3Aiam"),
        ("333333333333", "cn-north-1", "sts.cn-north-1.amazonaws.com.cn", "arn%3Aaws-cn%3Aiam"),
    ])
    func assumesTheConfiguredRole(account: String, region: String, host: String, arn: String) async throws {
        let transport = ScriptedTransport { request, _ in Self.aws(request) }
        let client = client(transport)
        for _ in 0..<5 {
            _ = try await client.call(
                AWSOperation(.ec2, "CreateTags"),
                in: AWSScope(accountID: account, region: region)
            )
        }
        #expect(transport.requests.count == 6)
        let assume = try #require(transport.requests.first)
        #expect(assume.url.contains(host))
        let body = String(decoding: assume.body, as: UTF8.self)
        #expect(body.contains("\(arn)%3A%3A\(account)%3Arole%2FAutoTagger") && body.contains("ExternalId=ext"))
        for request in transport.requests.dropFirst() {
            let authorization = request.headers.first { $0.name == "Authorization" }?.value ?? ""
            #expect(authorization.contains("Credential=KEY\(account)/"))
        }
    }

    @Test(arguments: ["111111111111", nil])
    func makesOwnCallsWithOwnCredentials(account: String?) async throws {
        let transport = ScriptedTransport { request, _ in Self.aws(request) }
        let scope = AWSScope(accountID: account, region: "us-east-1")
        _ = try await client(transport).call(AWSOperation(.ec2, "CreateTags"), in: scope)
        #expect(transport.requests.count == 1)
        #expect(transport.requests[0].headers.contains { $0.value.contains("Credential=OWN/") })
    }

    @Test(arguments: ["", "12345", "11111111111x", "111111111111:role/x", "١١١١١١١١١١١١"])
    func nothingFromAnEventShapesAnARN(account: String) async {
        let transport = ScriptedTransport { request, _ in Self.aws(request) }
        let scope = AWSScope(accountID: account, region: "us-east-1")
        let error = await #expect(throws: AWSError.self) {
            try await client(transport).call(AWSOperation(.ec2, "CreateTags"), in: scope)
        }
        #expect(error?.kind == .credentials)
        #expect(transport.requests.isEmpty)
    }

    @Test func aRefusalCountsForAMinute() async {
        let clock = VirtualClock()
        let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
        let transport = ScriptedTransport { _, _ in .status(403, denied) }
        let client = client(transport, clock)
        let scope = AWSScope(accountID: "222222222222", region: "us-east-1")
        for _ in 0..<100 {
            let error = await #expect(throws: AWSError.self) {
                try await client.call(AWSOperation(.ec2, "CreateTags"), in: scope)
            }
            #expect(error?.message.contains("222222222222:role/AutoTagger") == true)
        }
        #expect(transport.requests.count == 1)
    }

    @Test func expiredCredentialsAreRenewedOnce() async throws {
        let expired = "<Response><Errors><Error><Code>ExpiredToken</Code></Error></Errors></Response>"
        let transport = ScriptedTransport { request, index in
            index == 1 ? .status(400, expired) : Self.aws(request)
        }
        let scope = AWSScope(accountID: "222222222222", region: "us-east-1")
        let reply = try await client(transport).call(AWSOperation(.ec2, "CreateTags"), in: scope)
        #expect(reply.attempts == 2)
        #expect(transport.requests.count == 4)
    }
}
