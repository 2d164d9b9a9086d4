import AWSTestServer
import CurlHTTP
import Foundation
import Synchronization
import Testing

/// The environment's proxies, with a server that plays the proxy for a host that does not exist.
@Suite struct ProxyTests {
    private final class Seen: Sendable {
        private let lines: Mutex<[String]> = Mutex([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private func send(
        _ url: String, _ environment: (LoopbackServer) -> [String: String], usesProxy: Bool = true
    ) async throws -> (result: Result<HTTPResponse, HTTPError>, seen: [String]) {
        let seen = Seen()
        let server = try LoopbackServer { request in
            seen.add("\(request.method) \(request.target)")
            return .response(body: "from the proxy")
        }
        defer { server.stop() }
        let transport = CurlTransport(configuration: CurlConfiguration(environment: environment(server)))
        let request = HTTPRequest(url: url, deadline: .seconds(5), usesProxy: usesProxy)
        do {
            return (.success(try await transport.send(request)), seen.all)
        } catch {
            return (.failure(error), seen.all)
        }
    }

    @Test(arguments: ["http_proxy", "ALL_PROXY"])
    func plainRequestsGoThroughTheProxy(variable: String) async throws {
        let (result, seen) = try await send("http://ec2.invalid/x") { [variable: $0.url] }
        #expect(try result.get().body == Data("from the proxy".utf8))
        #expect(seen == ["GET http://ec2.invalid/x"])
    }

    /// The proxy is asked for a tunnel; what it answers inside is no TLS, and so nothing is heard.
    @Test func secureRequestsAskForATunnel() async throws {
        let (result, seen) = try await send("https://ec2.invalid/x") { ["HTTPS_PROXY": $0.url] }
        #expect(throws: HTTPError.self) { try result.get() }
        #expect(seen.first == "CONNECT ec2.invalid:443")
    }

    @Test(arguments: ["ec2.invalid", ".invalid", "*"])
    func noProxyIsObeyed(hosts: String) async throws {
        let (result, seen) = try await send("http://ec2.invalid/x") { ["http_proxy": $0.url, "NO_PROXY": hosts] }
        #expect(throws: HTTPError.self) { try result.get() }
        #expect(seen.isEmpty)
    }

    /// Link-local addresses and Lambda's Runtime API are never asked through a proxy.
    @Test func aRequestMayRefuseTheProxy() async throws {
        let (result, seen) = try await send("http://ec2.invalid/x", { ["http_proxy": $0.url] }, usesProxy: false)
        #expect(throws: HTTPError.self) { try result.get() }
        #expect(seen.isEmpty)
    }
}
