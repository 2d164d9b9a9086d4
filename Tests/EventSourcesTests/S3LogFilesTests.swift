import AWSClient
import AWSTestServer
import CloudTrail
import CurlHTTP
import EventSources
import Foundation
import Locking
import Testing

/// Fetching from S3: the request on the wire, a bucket elsewhere, and a name for everything that can go wrong.
@Suite struct S3LogFilesTests {
    /// Answers from a list, and remembers what was asked.
    final class Script: HTTPTransport {
        private let state: Locked<(answers: [HTTPResponse], requests: [HTTPRequest])>

        init(_ answers: [HTTPResponse]) { state = Locked((answers, [])) }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answers.isEmpty ? nil : state.answers.removeFirst()
            }
            guard let answer else { throw HTTPError(.connection, "nobody listens") }
            return answer
        }
    }

    static func refusal(_ status: Int, _ code: String, region: String? = nil) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: region.map { [HTTPHeader("x-amz-bucket-region", $0)] } ?? [],
            body: Data("<Error><Code>\(code)</Code><Message>no</Message><RequestId>r</RequestId></Error>".utf8))
    }

    private static func files(_ script: Script) -> S3LogFiles {
        let client = AWSClient(
            configuration: AWSConfiguration(retry: RetryPolicy(maximumAttempts: 1)), transport: script,
            environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
        return S3LogFiles(client: client, region: "us-east-1")
    }

    private static func region(_ request: HTTPRequest) -> String? {
        let header = request.headers.first { $0.name == "Authorization" }
        return header?.value.split(separator: "/").dropFirst(2).first.map(String.init)
    }

    @Test func fetchesTheBytesAsTheyAre() async throws {
        let bytes = Data([0x1f, 0x8b, 0x00, 0xff])
        let script = Script([HTTPResponse(status: 200, body: bytes)])
        let file = LogFileNotice(bucket: "trail", key: "a b/CloudTrail/ä+1.json.gz", region: "eu-west-1")
        #expect(try await Self.files(script).contents(of: file) == bytes)
        #expect(
            script.requests.map(\.url) == [
                "https://trail.s3.eu-west-1.amazonaws.com/a%20b/CloudTrail/%C3%A4%2B1.json.gz"
            ])
        #expect(script.requests.map(Self.region) == ["eu-west-1"])
        #expect(script.requests.first?.maximumBodyBytes == S3LogFiles.maximumBytes)
    }

    @Test(arguments: [(301, "PermanentRedirect"), (307, "TemporaryRedirect"), (400, "AuthorizationHeaderMalformed")])
    func followsABucketToItsRegion(status: Int, code: String) async throws {
        let script = Script([
            Self.refusal(status, code, region: "eu-central-1"), HTTPResponse(status: 200, body: Data("one".utf8)),
            HTTPResponse(status: 200, body: Data("two".utf8)),
        ])
        let files = Self.files(script)
        let file = LogFileNotice(bucket: "trail", key: "k.json")
        #expect(try await files.contents(of: file) == Data("one".utf8))
        #expect(try await files.contents(of: file) == Data("two".utf8))
        #expect(script.requests.map(Self.region) == ["us-east-1", "eu-central-1", "eu-central-1"])
        #expect(script.requests.last?.url == "https://trail.s3.eu-central-1.amazonaws.com/k.json")
    }

    @Test(arguments: [
        (refusal(404, "NoSuchKey"), EnvelopeError.Code.logFileGone), (refusal(404, "NoSuchBucket"), .logFileGone),
        (HTTPResponse(status: 404), .logFileUnread), (refusal(404, ""), .logFileUnread),
        (HTTPResponse(status: 404, body: Data("<html>Not Found</html>".utf8)), .logFileUnread),
        (refusal(403, "AccessDenied"), .logFileDenied), (refusal(403, "InvalidObjectState"), .logFileDenied),
        (refusal(503, "SlowDown"), .logFileUnread), (refusal(301, "PermanentRedirect"), .logFileUnread),
        (refusal(301, "PermanentRedirect", region: "cn-north-1"), .logFileUnread),
    ])
    func namesWhatWentWrong(answer: HTTPResponse, code: EnvelopeError.Code) async {
        let script = Script([answer])
        let file = LogFileNotice(bucket: "trail", key: "k.json")
        let error = await #expect(throws: EnvelopeError.self) { try await Self.files(script).contents(of: file) }
        #expect(error?.code == code)
        #expect(error?.message.contains("s3://trail/k.json") == true)
        #expect(script.requests.count == 1)
    }
}

/// The same over real connections, which a frozen process finds dead.
@Suite struct ThawTests {
    @Test("a connection that died unnoticed is replaced at once and counts as no attempt")
    func replacesDeadConnections() async throws {
        let server = try LoopbackServer { _ in .response(body: "{}", closes: true) }
        defer { server.stop() }
        let client = AWSClient(
            configuration: AWSConfiguration(endpointURL: server.url, retry: RetryPolicy(maximumAttempts: 1)),
            transport: CurlTransport(),
            environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
        let tagging = AWSOperation(.tagging, "GetTagKeys")
        for _ in 0..<100 {
            let reply = try await client.call(tagging, in: AWSScope(region: "us-east-1"))
            #expect(reply.attempts == 1)
        }
        #expect(server.counts.connections >= 100)
    }
}
