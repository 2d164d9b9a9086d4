import CurlHTTP
import Foundation
import JSON
import Locking
import Logging
import Testing

@testable import AWSClient

/// Secrets planted in every place that may hold credentials turn up nowhere that a person or a log can see.
@Suite struct SecretTests {
    /// Keeps every line at every level, with its metadata.
    private final class Lines: Sendable {
        private let lines = Locked<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct CollectingHandler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.add("\(event.message) \(event.metadata ?? [:])")
        }
    }

    /// One source with the secret in it, and the files that it reads.
    struct Source: Sendable, CustomTestStringConvertible {
        var name: String
        var environment: [String: String] = [:]
        var files: [String: String] = [:]
        var testDescription: String { name }
    }

    static let planted = "PLANTED+s3cr3t/value"

    static let sources = [
        Source(
            name: "environment",
            environment: [
                "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": planted, "AWS_SESSION_TOKEN": "t\(planted)",
            ]
        ),
        Source(
            name: "credentials file",
            files: ["credentials": "[default]\naws_access_key_id=A\naws_secret_access_key=\(planted)"]
        ),
        Source(
            name: "a broken credentials file",
            files: ["credentials": "[default]\naws_access_key_id=A\naws_secret_access_key \(planted)"]
        ),
        Source(name: "half a pair", environment: ["AWS_SECRET_ACCESS_KEY": planted]),
        Source(
            name: "a role",
            files: [
                "config": "[default]\nrole_arn=arn:aws:iam::1:role/r\nexternal_id=\(planted)\nsource_profile=b",
                "credentials": "[b]\naws_access_key_id=A\naws_secret_access_key=\(planted)",
            ]
        ),
        Source(
            name: "a process",
            files: [
                "config": """
                [default]
                credential_process = echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"\(planted)"}'
                """
            ]
        ),
        Source(
            name: "a process that prints nonsense",
            files: ["config": "[default]\ncredential_process = echo \(planted)"]
        ),
        Source(
            name: "SSO",
            files: [
                "config": """
                [default]
                sso_start_url = https://x
                sso_region = us-east-1
                sso_account_id = 1
                sso_role_name = r
                """,
                ".json": #"{"accessToken": "\#(planted)", "expiresAt": "2099-01-01T00:00:00Z"}"#,
            ]
        ),
        Source(
            name: "a web identity",
            environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"],
            files: ["/token": planted]
        ),
        Source(
            name: "a container",
            environment: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/x?\(planted)",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": planted,
            ]
        ),
    ]

    /// What the server says back: the worst case quotes the request's own secrets in its error.
    private static let answers: [Result<HTTPResponse, HTTPError>] = [
        .status(200, #"{"Code":"Success","AccessKeyId":"A","SecretAccessKey":"\#(planted)","Token":"\#(planted)"}"#),
        .status(500),
        .status(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"),
        .failure(HTTPError(.connection, "https://host: reset")),
    ]

    @Test(arguments: sources, [0, 1, 2, 3])
    func isNotShown(source: Source, answer: Int) async {
        let lines = Lines()
        var logger = Logger(label: "secrets") { _ in CollectingHandler(lines: lines) }
        logger.logLevel = .trace
        let clock = VirtualClock()
        let transport = ScriptedTransport { _, _ in Self.answers[answer] }
        let client = AWSClient(
            transport: transport,
            environment: source.environment,
            clock: clock,
            now: { clock.date() },
            random: { 1 },
            readFile: { path in
                source.files.first { path.hasSuffix($0.key) }.map { Data($0.value.utf8) }
            },
            logger: logger
        )
        do {
            let reply = try await client.call(AWSOperation(.ec2, "DescribeTags"), in: AWSScope(region: "us-east-1"))
            lines.add("\(reply)")
        } catch {
            lines.add("\(error) \(error.message) \(String(reflecting: error)) \(error.localizedDescription)")
            var dumped = ""
            dump(error, to: &dumped)
            lines.add(dumped)
        }
        var dumped = ""
        dump(client, to: &dumped)
        lines.add(dumped)
        lines.add("\(client) \(String(reflecting: client))")
        #expect(!lines.all.contains { $0.contains("s3cr3t") })
    }

    @Test func requestsDescribeThemselvesWithoutThem() {
        let header = HTTPHeader("Authorization", Self.planted)
        let request = HTTPRequest(url: "https://user:s3cr3t@host/?x=\(Self.planted)", headers: [header])
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] { #expect(!text.contains("s3cr3t")) }
    }

    @Test func credentialsDescribeThemselvesWithoutThem() {
        let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: Self.planted, sessionToken: Self.planted)
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped, "\([credentials])"] {
            #expect(text.contains("AKID"))
            #expect(!text.contains("s3cr3t"))
        }
    }
}
