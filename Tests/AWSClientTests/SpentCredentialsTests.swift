import AWSClient
import CurlHTTP
import Foundation
import JSON
import Testing

/// Credentials that end and that nothing renews, as a Lambda function has them: whichever service says so, the client knows.
@Suite struct SpentCredentialsTests {
    private struct Given: CredentialProvider {
        let name = "given"
        let known: AWSCredentials

        func credentials() async throws(CredentialError) -> AWSCredentials? { known }
    }

    private static let environment = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"]
    private static let s3 = AWSOperation(
        AWSService(id: "S3", endpointPrefix: "s3", wire: .restXML, apiVersion: "2006-03-01"), "GetObject",
        method: "GET", uri: "/{Bucket}/{Key+}", placements: ["Bucket": .label("Bucket"), "Key": .label("Key")])
    private static let dynamoDB = AWSOperation(
        AWSService(id: "DynamoDB", endpointPrefix: "dynamodb", wire: .json, apiVersion: "2012-08-10"), "PutItem")
    private static let ec2 = AWSOperation(.ec2, "CreateTags")

    private static func xml(_ code: String) -> Data {
        Data("<Error><Code>\(code)</Code><Message>no</Message></Error>".utf8)
    }

    private static func client(_ body: Data, _ credentials: (any CredentialProvider)? = nil) -> AWSClient {
        AWSClient(
            configuration: AWSConfiguration(retry: RetryPolicy(maximumAttempts: 1)),
            transport: ScriptedTransport { _, _ in .success(HTTPResponse(status: 400, body: body)) },
            environment: environment, credentials: credentials)
    }

    @Test(
        arguments: [
            (s3, xml("ExpiredToken"), true), (s3, xml("AccessDenied"), false),
            (dynamoDB, Data(#"{"__type": "com.amazon.coral.service#ExpiredTokenException"}"#.utf8), true),
            // Signed at another time than the server's: the clock's fault.
            (ec2, xml("RequestExpired"), false),
        ])
    func areKnownByWhatAServiceSays(operation: AWSOperation, body: Data, isSpent: Bool) async {
        let client = Self.client(body)
        #expect(!client.credentialsAreSpent)
        _ = try? await client.call(operation, ["Bucket": "trail", "Key": "k"], in: AWSScope(region: "us-east-1"))
        #expect(client.credentialsAreSpent == isSpent)
    }

    @Test(arguments: [Date.distantFuture, nil])
    func areNotThoseThatSomethingRenews(expiration: Date?) async {
        let given = Given(
            known: AWSCredentials(accessKeyID: "A", secretAccessKey: "s", expiration: expiration, source: "instance"))
        let client = Self.client(Self.xml("ExpiredToken"), given)
        _ = try? await client.call(Self.s3, ["Bucket": "trail", "Key": "k"], in: AWSScope(region: "us-east-1"))
        #expect(!client.credentialsAreSpent)
    }
}
