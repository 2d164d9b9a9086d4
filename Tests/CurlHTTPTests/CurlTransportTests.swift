import AWSTestServer
import CurlHTTP
import Foundation
import Testing

@Suite(.serialized) struct CurlTransportTests {
    /// An echo of what arrived, one fact a line.
    private static func echo(_ request: ReceivedRequest) -> ServerReply {
        let headers = request.headers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let body = String(decoding: request.body, as: UTF8.self)
        return .response(
            status: 207,
            headers: [("X-Kind", "echo"), ("x-empty", "")],
            body: ([request.method, request.target] + headers + [body]).joined(separator: "\n")
        )
    }

    @Test(arguments: ["GET", "POST", "PUT", "DELETE", "PATCH"], ["", "a body\nof two lines"])
    func sendsWhatItIsGiven(method: String, body: String) async throws {
        let server = try LoopbackServer(Self.echo)
        defer { server.stop() }
        let response = try await CurlTransport().send(
            HTTPRequest(
                method: method,
                url: "\(server.url)/a/../b%2Fc?x=1&y=",
                headers: [HTTPHeader("X-One", "1"), HTTPHeader("X-Empty", "")],
                body: Data(body.utf8)
            )
        )
        #expect(response.status == 207)
        #expect(response.header("x-kind") == "echo")
        let lines = String(decoding: response.body, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.prefix(2) == [Substring(method), "/a/../b%2Fc?x=1&y="])
        #expect(lines.contains("x-one=1") && lines.contains("x-empty="))
        #expect(!lines.contains { $0.hasPrefix("expect=") || $0.hasPrefix("content-type=") })
        #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("\n\(body)"))
    }

    /// One handle serves them all in turn: nothing of a request may stay for the next.
    @Test func nothingOfARequestStays() async throws {
        let server = try LoopbackServer(Self.echo)
        defer { server.stop() }
        let transport = CurlTransport(configuration: CurlConfiguration(maximumConnections: 1))
        func exchange(_ method: String, _ path: String, _ header: String, _ body: String) async throws {
            let response = try await transport.send(
                HTTPRequest(
                    method: method, url: server.url + path, headers: [HTTPHeader("X-\(header)", "1")],
                    body: Data(body.utf8)))
            let text = String(decoding: response.body, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            guard method != "HEAD" else {
                #expect(response.status == 207 && text.isEmpty)
                return
            }
            #expect(lines.prefix(2) == [Substring(method), Substring(path)])
            #expect(lines.filter { $0.hasPrefix("x-") } == [Substring("x-\(header)=1")])
            #expect(text.hasSuffix("=1\n\(body)") || text.hasSuffix("\n\(body)"))
            #expect(lines.contains("content-length=\(body.utf8.count)") || body.isEmpty)
        }
        for _ in 0..<2 {
            try await exchange("POST", "/", "a", "first body")
            try await exchange("POST", "/", "b", "second")
            try await exchange("POST", "/", "c", "")
            try await exchange("HEAD", "/", "d", "")
            try await exchange("GET", "/", "e", "")
            try await exchange("GET", "/other", "f", "")
            try await exchange("DELETE", "/other", "g", "")
            try await exchange("PUT", "/other", "h", String(repeating: "long ", count: 40_000))
            try await exchange("PUT", "/other", "i", "short")
        }
        #expect(transport.statistics.exchanges == 18)
    }

    @Test func reusesItsConnections() async throws {
        let server = try LoopbackServer { _ in .response(body: "ok") }
        defer { server.stop() }
        let transport = CurlTransport()
        for _ in 0..<50 { _ = try await transport.send(HTTPRequest(url: "\(server.url)/")) }
        #expect(server.counts.connections == 1)
        var fresh = HTTPRequest(url: "\(server.url)/")
        fresh.usesFreshConnection = true
        _ = try await transport.send(fresh)
        #expect(server.counts.connections == 2)
    }

    @Test func waitingCountsTowardsTheDeadline() async throws {
        let server = try LoopbackServer { _ in .fault(.stall) }
        defer { server.stop() }
        let transport = CurlTransport(configuration: CurlConfiguration(maximumConnections: 1))
        let start = ContinuousClock.now
        let codes = await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { () -> HTTPError.Code? in
                    do throws(HTTPError) {
                        _ = try await transport.send(HTTPRequest(url: "\(server.url)/", deadline: .milliseconds(500)))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .timeout, count: 8))
        // One after the other they would take four seconds; a busy machine may take its time for all the rest.
        #expect(start.duration(to: .now) < .seconds(2))
    }

    /// The size of the full run is the design's; a tenth of it shows the same and does not hold up everyday tests.
    @Test func keepsUpWithoutATimeout() async throws {
        let isFull = ProcessInfo.processInfo.environment["AUTOTAGGER_FULL_LOAD"] == "1"
        let total = isFull ? 20_000 : 2_000
        let server = try LoopbackServer { _ in .response(body: "ok", after: 45) }
        defer { server.stop() }
        let transport = CurlTransport(configuration: CurlConfiguration(maximumConnectionsPerHost: 16))
        let start = ContinuousClock.now
        let served = await withTaskGroup { group in
            for _ in 0..<64 {
                group.addTask {
                    var served = 0
                    for _ in 0..<(total / 64 + 1) {
                        let request = HTTPRequest(url: "\(server.url)/", deadline: .seconds(5))
                        if (try? await transport.send(request))?.status == 200 { served += 1 }
                    }
                    return served
                }
            }
            return await group.reduce(0, +)
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        print("load: \(served) requests in \(seconds) s over \(server.counts.connections) connections")
        #expect(served == (total / 64 + 1) * 64)
        #expect(server.counts.connections <= 20)
        #expect(transport.statistics.exchanges == served)
        #expect(transport.statistics.connectionsOpened == server.counts.connections)
    }
}
