import CurlHTTP
import Foundation
import JSON
import Testing

@testable import AWSClient

/// AWS's published cases of the standard retry mode, in its version of 2026: 14 tokens a retry, 5 after throttling.
@Suite struct RetryTests {
    /// One call: its responses, and what they must leave behind.
    struct Trace: Sendable, CustomTestStringConvertible {
        var name: String
        var service = AWSService.ec2
        var attempts: Int?
        var tokens = 500
        var answers: [String]
        /// The waits in milliseconds, with a jitter of 1.
        var waits: [Int]
        var left: Int
        var succeeds: Bool
        var maximumBackoff: Duration = .seconds(20)
        var testDescription: String { name }
    }

    static let dynamoDB = AWSService(id: "DynamoDB", endpointPrefix: "dynamodb", wire: .json, apiVersion: "2012-08-10")

    static let traces = [
        Trace(
            name: "succeeds in the end", answers: ["500", "500", "200"], waits: [50, 100], left: 486, succeeds: true),
        Trace(name: "attempts run out", answers: ["502", "502", "502"], waits: [50, 100], left: 472, succeeds: false),
        Trace(name: "quota for one", tokens: 14, answers: ["500", "500"], waits: [50], left: 0, succeeds: false),
        Trace(name: "no quota", tokens: 0, answers: ["500"], waits: [], left: 0, succeeds: false),
        Trace(
            name: "exponential",
            attempts: 5,
            answers: ["500", "500", "500", "500", "500"],
            waits: [50, 100, 200, 400],
            left: 444,
            succeeds: false
        ),
        Trace(
            name: "the longest wait",
            attempts: 5,
            answers: ["500", "500", "500", "500", "500"],
            waits: [50, 100, 200, 200],
            left: 444,
            succeeds: false,
            maximumBackoff: .milliseconds(200)
        ),
        Trace(
            name: "quota runs out", attempts: 5, tokens: 20, answers: ["500", "502"], waits: [50], left: 6,
            succeeds: false),
        Trace(
            name: "quota comes back",
            attempts: 5,
            tokens: 30,
            answers: ["500", "502", "200"],
            waits: [50, 100],
            left: 16,
            succeeds: true
        ),
        Trace(name: "throttling", answers: ["Throttling", "200"], waits: [1000], left: 500, succeeds: true),
        Trace(name: "429", answers: ["429", "200"], waits: [1000], left: 500, succeeds: true),
        Trace(
            name: "DynamoDB",
            service: dynamoDB,
            answers: ["500", "500", "500", "500"],
            waits: [25, 50, 100],
            left: 458,
            succeeds: false
        ),
        Trace(name: "asked to wait", answers: ["500 1500", "200"], waits: [1500], left: 500, succeeds: true),
        Trace(name: "asked for less", answers: ["500 10", "200"], waits: [50], left: 500, succeeds: true),
        Trace(name: "asked for too much", answers: ["500 10000", "200"], waits: [5050], left: 500, succeeds: true),
        Trace(name: "asked nonsense", answers: ["500 soon", "200"], waits: [50], left: 500, succeeds: true),
        Trace(name: "refused", answers: ["400"], waits: [], left: 500, succeeds: false),
        Trace(name: "a broken connection", answers: ["connection", "200"], waits: [50], left: 500, succeeds: true),
        Trace(name: "no valid certificate", answers: ["tls"], waits: [], left: 500, succeeds: false),
    ]

    @Test(arguments: traces)
    func followsTheTrace(trace: Trace) async throws {
        let clock = VirtualClock()
        let quota = RetryQuota(capacity: trace.tokens)
        let transport = ScriptedTransport(trace.answers.map(Self.answer))
        var configuration = AWSConfiguration()
        if let attempts = trace.attempts {
            configuration.retry = RetryPolicy(maximumAttempts: attempts, maximumBackoff: trace.maximumBackoff)
        }
        let context = CallContext.forTests(
            transport: transport,
            configuration: configuration,
            clock: clock,
            quota: quota
        )
        let succeeded = await call(context, trace.service) == nil
        #expect(succeeded == trace.succeeds)
        #expect(clock.waits.map(\.inMilliseconds) == trace.waits)
        #expect(quota.left(RetryQuota.Key(service: trace.service.id, region: "us-east-1")) == trace.left)
        #expect(transport.requests.count == trace.answers.count)
    }

    @Test func thirtyFiveRetriesDrainTheBucket() async {
        let clock = VirtualClock()
        let transport = ScriptedTransport { _, _ in .status(500) }
        let context = CallContext.forTests(
            transport: transport,
            configuration: AWSConfiguration(retry: RetryPolicy(maximumAttempts: 2)),
            clock: clock
        )
        for _ in 0..<35 { _ = await call(context, .ec2) }
        #expect(clock.waits.count == 35)
        #expect(context.quota.left(RetryQuota.Key(service: "EC2", region: "us-east-1")) == 10)
        _ = await call(context, .ec2)
        #expect(clock.waits.count == 35)
        #expect(transport.requests.count == 71)
        // Another service's calls are still repeated.
        _ = await call(context, Self.dynamoDB)
        #expect(clock.waits.count == 36)
    }

    @Test func signsEveryAttemptAnew() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport([.failure(HTTPError(.connection, "gone")), .status(429), .status(200)])
        let context = CallContext.forTests(transport: transport, clock: clock)
        #expect(await call(context, .ec2) == nil)
        let dates = transport.requests.map { request in request.headers.first { $0.name == "X-Amz-Date" }?.value }
        #expect(dates == ["20150830T123600Z", "20150830T123600Z", "20150830T123602Z"])
        #expect(transport.requests.map(\.usesFreshConnection) == [false, true, false])
    }

    @Test func correctsTheClockOnce() async {
        let late = [HTTPHeader("Date", "Sun, 30 Aug 2015 13:36:00 GMT")]
        let body =
            "<Response><Errors><Error><Code>RequestExpired</Code><Message>late</Message></Error></Errors></Response>"
        let transport = ScriptedTransport { request, _ in
            let date = request.headers.first { $0.name == "X-Amz-Date" }?.value
            return date?.hasPrefix("20150830T1336") == true ? .status(200) : .status(400, body, headers: late)
        }
        let context = CallContext.forTests(transport: transport)
        #expect(await call(context, .ec2) == nil)
        #expect(transport.requests.count == 2)
        // The next call knows already.
        #expect(await call(context, .ec2) == nil)
        #expect(transport.requests.count == 3)
    }

    @Test(arguments: ["Sun, 30 Aug 2015 12:38:00 GMT", "yesterday", ""])
    func aRefusalThatTheClockDoesNotExplainStands(date: String) async {
        let body = "<Response><Errors><Error><Code>SignatureDoesNotMatch</Code></Error></Errors></Response>"
        let transport = ScriptedTransport { _, _ in .status(403, body, headers: [HTTPHeader("Date", date)]) }
        #expect(await call(.forTests(transport: transport), .ec2)?.code == "SignatureDoesNotMatch")
        #expect(transport.requests.count == 1)
    }

    @Test func keepsTheConfiguredRate() async {
        let clock = VirtualClock()
        var configuration = AWSConfiguration()
        configuration.requestsPerSecond = 4
        let transport = ScriptedTransport { _, _ in .status(200) }
        let context = CallContext.forTests(transport: transport, configuration: configuration, clock: clock)
        for _ in 0..<5 { _ = await call(context, .ec2) }
        #expect(clock.waits.map(\.inMilliseconds) == [250, 250, 250, 250])
    }

    private static func answer(_ text: String) -> Result<HTTPResponse, HTTPError> {
        let words = text.split(separator: " ").map(String.init)
        switch words[0] {
        case "connection": return .failure(HTTPError(.connection, "reset"))
        case "tls": return .failure(HTTPError(.tls, "self-signed"))
        case "Throttling":
            return .status(400, "<Response><Errors><Error><Code>Throttling</Code></Error></Errors></Response>")
        default:
            let headers = words.count > 1 ? [HTTPHeader("x-amz-retry-after", words[1])] : []
            return .status(Int(words[0]) ?? 0, headers: headers)
        }
    }

    private func call(_ context: CallContext, _ service: AWSService) async -> AWSError? {
        let known = KnownCredentials(known: AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret"))
        let cache = CredentialCache(known, now: context.now)
        var call = AWSCall(context, AWSOperation(service, "Test"), [:], AWSScope(region: "us-east-1"), cache)
        do {
            _ = try await call.run()
            return nil
        } catch {
            return error
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded.
    var inMilliseconds: Int {
        Int((Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15).rounded())
    }
}
