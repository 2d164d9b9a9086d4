import AWSTestServer
import CurlHTTP
import Foundation
import Testing

/// Everything that a server can do wrong ends in time, in one error with a name, and costs no memory.
@Suite(.serialized) struct FaultTests {
    private static let deadline = Duration.seconds(1)

    /// The error of each fault; those that are not here bring a response, of which only the contents are strange.
    private static let codes: [Fault: HTTPError.Code] = [
        .resetBeforeHeaders: .connection, .resetAfterHeaders: .connection, .halfBody: .connection, .stall: .timeout,
        .slowDrip: .timeout, .garbageStatus: .malformedResponse, .tenThousandHeaders: .headersTooLarge,
        .endlessChunks: .bodyTooLarge,
    ]

    @Test(arguments: Fault.allCases)
    func endsInTime(fault: Fault) async throws {
        let server = try LoopbackServer { _ in .fault(fault) }
        defer { server.stop() }
        let transport = CurlTransport()
        let start = ContinuousClock.now
        let outcome = await send(transport, "\(server.url)/", Self.deadline)
        let elapsed = start.duration(to: .now)
        #expect(elapsed <= Self.deadline * 1.1)
        let code = Self.codes[fault]
        switch outcome {
        case .success(let response):
            #expect(code == nil)
            #expect(response.status == (fault == .redirect ? 302 : 200))
            // Bytes are handed over as they came: nothing unpacks what nobody asked to be packed.
            #expect(response.body.count <= 1 << 20)
        case .failure(let error):
            #expect(error.code == code)
            #expect(error.message.contains("127.0.0.1"))
            if error.code == .timeout { #expect(elapsed >= Self.deadline * 0.9) }
        }
        // The transport is as good as before.
        let honest = try LoopbackServer { _ in .response(body: "fine") }
        defer { honest.stop() }
        let response = try await transport.send(HTTPRequest(url: "\(honest.url)/"))
        #expect(response.body == Data("fine".utf8))
    }

    @Test func takesNoMemory() async throws {
        let server = try LoopbackServer { request in
            .fault(Fault(rawValue: String(request.target.dropFirst())) ?? .stall)
        }
        defer { server.stop() }
        let transport = CurlTransport()
        let faults = Fault.allCases.filter { $0 != .stall && $0 != .slowDrip }
        // The first rounds fill the allocator's arenas, of which every new thread may get one; a leak goes on growing.
        func round() async {
            for fault in faults { _ = await send(transport, "\(server.url)/\(fault.rawValue)", Self.deadline) }
        }
        for _ in 0..<50 { await round() }
        let before = Self.residentKilobytes()
        for _ in 0..<50 { await round() }
        let growth = Self.residentKilobytes() - before
        print("memory growth over \(50 * faults.count) faults: \(growth) KiB")
        #expect(growth < 32 << 10)
    }

    @Test func cancellationIsHeardAtOnce() async throws {
        let server = try LoopbackServer { _ in .fault(.stall) }
        defer { server.stop() }
        let transport = CurlTransport()
        let task = Task { await send(transport, "\(server.url)/", .seconds(60)) }
        while server.counts.requests == 0 { await Task.yield() }
        let start = ContinuousClock.now
        task.cancel()
        guard case .failure(let error) = await task.value else {
            Issue.record("a stalled request was answered")
            return
        }
        #expect(error.code == .cancelled)
        #expect(start.duration(to: .now) < .seconds(1))
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1/ with space", "http://127.0.0.1/\r\nX: y", "",
    ])
    func sendsNothingThatIsNotHTTP(url: String) async {
        let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(HTTPRequest(url: url)) }
        #expect(error?.code == .invalidRequest)
    }

    @Test(arguments: [
        HTTPHeader("X", "a\r\nY: b"), HTTPHeader("X: y", "a"), HTTPHeader("", "a"), HTTPHeader("X\n", "a"),
    ])
    func headersCannotSmuggle(header: HTTPHeader) async {
        let request = HTTPRequest(url: "http://127.0.0.1:1/", headers: [header])
        let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
        #expect(error?.code == .invalidRequest)
    }

    private func send(_ transport: CurlTransport, _ url: String, _ deadline: Duration) async -> Result<
        HTTPResponse, HTTPError
    > {
        do throws(HTTPError) {
            return .success(
                try await transport.send(HTTPRequest(url: url, deadline: deadline, maximumBodyBytes: 4 << 20))
            )
        } catch {
            return .failure(error)
        }
    }

    private static func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
