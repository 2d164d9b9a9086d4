import AWSClient
import CurlHTTP
import Foundation
import Locking
import Testing

/// A client made out of another: its own connections and addresses, the other's credentials and pace.
@Suite struct DerivedClientTests {
    private struct Counted: CredentialProvider {
        let name = "counted"
        let asked = Locked(0)

        func credentials() async throws(CredentialError) -> AWSCredentials? {
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            return AWSCredentials(accessKeyID: "AKID\(number)", secretAccessKey: "secret")
        }
    }

    private static let sqs = AWSOperation(
        AWSService(id: "SQS", endpointPrefix: "sqs", wire: .json, apiVersion: "2012-11-05"), "ReceiveMessage")

    @Test func sharesCredentialsAndNotConnections() async throws {
        let transports = (0..<2).map { _ in ScriptedTransport { _, _ in .status(200, "{}") } }
        let provider = Counted()
        let client = AWSClient(transport: transports[0], environment: [:], credentials: provider)
        let elsewhere = client.with(transport: transports[1], endpointURLs: ["SQS": "http://127.0.0.1:9"])
        for client in [client, elsewhere, elsewhere.with(transport: transports[0])] {
            _ = try await client.call(Self.sqs, in: AWSScope(region: "eu-west-1"))
        }
        _ = try await elsewhere.call(AWSOperation(.tagging, "GetTagKeys"), in: AWSScope(region: "eu-west-1"))
        #expect(provider.asked.withLock(\.self) == 1)
        #expect(
            transports[0].requests.map(\.url) == ["https://sqs.eu-west-1.amazonaws.com/", "http://127.0.0.1:9/"])
        #expect(
            transports[1].requests.map(\.url) == ["http://127.0.0.1:9/", "https://tagging.eu-west-1.amazonaws.com/"])
    }

    @Test func tellsOfSpentCredentialsAsItsOrigin() async {
        let refused = ScriptedTransport { _, _ in .status(400, #"{"__type": "ExpiredTokenException"}"#) }
        let client = AWSClient(
            transport: ScriptedTransport([]),
            environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
        _ = try? await client.with(transport: refused).call(Self.sqs, in: AWSScope(region: "eu-west-1"))
        #expect(client.credentialsAreSpent)
    }
}
