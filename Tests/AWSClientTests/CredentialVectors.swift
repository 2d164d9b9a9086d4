import CurlHTTP
import Foundation
import JSON
import Logging
import Testing

@testable import AWSClient

/// One recorded case of the Rust SDK: an environment, files, the traffic, and what must come of it.
struct CredentialCase {
    let folder: String
    let expected: JSONValue
    let context: CallContext
    let transport: ScriptedTransport
    let traffic: [(method: String, url: String)]

    init(folder: String) throws {
        self.folder = folder
        expected = try Vectors.json("\(folder)/test-case.json")["result"] ?? [:]
        let environment = try Vectors.json("\(folder)/env.json").object ?? [:]
        var exchanges: [(method: String, url: String, response: Result<HTTPResponse, HTTPError>)] = []
        if let recorded = try? Vectors.json("\(folder)/http-traffic.json") {
            exchanges = Self.exchanges(recorded["events"]?.array ?? [])
        }
        traffic = exchanges.map { ($0.method, $0.url) }
        transport = ScriptedTransport(exchanges.map(\.response))
        let settings = SharedSettings(
            environment: environment.compactMapValues(\.string),
            profile: nil,
            readFile: { path in try? Vectors.data("\(folder)/fs\(path)") }
        )
        context = CallContext.forTests(transport: transport, settings: settings)
    }

    private static func exchanges(
        _ events: [JSONValue]
    ) -> [(method: String, url: String, response: Result<HTTPResponse, HTTPError>)] {
        var order: [Int64] = []
        var requests: [Int64: JSONValue] = [:]
        var responses: [Int64: JSONValue] = [:]
        var bodies: [Int64: String] = [:]
        for event in events {
            let id = event["connection_id"]?.integer ?? 0
            let action = event["action"] ?? [:]
            if let request = action["Request"]?["request"] {
                order.append(id)
                requests[id] = request
            }
            if let response = action["Response"]?["response"]?["Ok"] { responses[id] = response }
            if let data = action["Data"], data["direction"]?.string == "Response" {
                bodies[id, default: ""] += data["data"]?["Utf8"]?.string ?? ""
            }
        }
        return order.map { id in
            let status = Int(responses[id]?["status"]?.integer ?? 0)
            let request = requests[id] ?? [:]
            let response = Result<HTTPResponse, HTTPError>.status(status, bodies[id] ?? "")
            return (request["method"]?.string ?? "", request["uri"]?.string ?? "", response)
        }
    }

    /// What differs from the record, if anything.
    func difference(_ outcome: Result<AWSCredentials?, CredentialError>) -> String? {
        let asked = transport.requests.map { "\($0.method) \(Self.normal($0.url))" }
        let recorded = traffic.map { "\($0.method) \(Self.normal($0.url))" }
        if asked.prefix(recorded.count) != recorded[...] { return "asked \(asked), not \(recorded)" }
        switch (outcome, expected["Ok"]) {
        case (.success(.some(let got)), .some(let wanted)):
            let same =
                got.accessKeyID == wanted["access_key_id"]?.string
                && got.secretAccessKey.exposed == wanted["secret_access_key"]?.string
                && got.sessionToken?.exposed == wanted["session_token"]?.string
                && got.accountID == wanted["account_id"]?.scalarText
                && got.expiration.map { Int64($0.timeIntervalSince1970) } == wanted["expiry"]?.integer
            return same ? nil : "got \(got) for account \(got.accountID ?? "?"), not \(wanted.compactText)"
        case (.success(nil), nil), (.failure, nil): return nil
        case (.failure(let error), .some): return "failed: \(error)"
        case (.success, _): return "got something, not \(expected.compactText)"
        }
    }

    private static func normal(_ url: String) -> String {
        let parts = URLParts(url)
        let path = parts.path.isEmpty ? "/" : parts.path
        return "\(url.prefix { $0 != ":" })://\(parts.authority)\(path)?"
            + parts.query.split(separator: "&").sorted().joined(separator: "&")
    }
}

extension CallContext {
    /// A context over a script, whose clock never waits.
    static func forTests(
        transport: any HTTPTransport,
        settings: SharedSettings = SharedSettings(environment: [:], profile: nil, readFile: { _ in nil }),
        configuration: AWSConfiguration = AWSConfiguration(),
        clock: VirtualClock = VirtualClock(),
        quota: RetryQuota = RetryQuota(),
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    ) -> CallContext {
        CallContext(
            configuration: configuration,
            transport: transport,
            settings: settings,
            clock: clock,
            now: { clock.date() },
            random: { 1 },
            runProcess: ProcessCredentials.runInShell,
            quota: quota,
            logger: logger
        )
    }
}
