import AWSTestServer
import CurlHTTP
import Foundation
import Locking
import Testing

/// Tasks that run on the transport's own thread.
@Suite struct TransportTasksTests {
    private actor Counter {
        var count = 0

        func add() -> pthread_t {
            count += 1
            return pthread_self()
        }
    }

    private static func thread() -> pthread_t { pthread_self() }

    @Test("a task stays on the thread where its responses arrive, and so does what it begins")
    func staysOnTheThread() async throws {
        let server = try LoopbackServer { _ in .response(body: "ok") }
        defer { server.stop() }
        let transport = CurlTransport()
        let url = server.url
        let (outside, inside) = try await (
            Self.thread(),
            withTaskExecutorPreference(transport) { () async throws -> [pthread_t] in
                var threads = [Self.thread()]
                _ = try await transport.send(HTTPRequest(url: url))
                threads.append(Self.thread())
                threads.append(await Counter().add())
                threads += await withTaskGroup { group in
                    for _ in 0..<3 {
                        group.addTask {
                            await Task.yield()
                            return Self.thread()
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                threads.append(await Task(executorPreference: .ofThisTask) { Self.thread() }.value)
                try await Task.sleep(for: .milliseconds(1))
                return threads + [Self.thread()]
            }
        )
        #expect(inside.count == 8)
        #expect(Set(inside).count == 1)
        #expect(inside.first != outside)
        #expect(transport.statistics.exchanges == 1)
    }

    @Test("a task that never waits holds up no exchange")
    func leavesTimeForExchanges() async throws {
        let server = try LoopbackServer { _ in .response(body: "ok") }
        defer { server.stop() }
        let transport = CurlTransport()
        let isDone = Locked(false)
        let restless = Task(executorPreference: transport) {
            while !isDone.withLock({ $0 }) { await Task.yield() }
        }
        for _ in 0..<20 { #expect(try await transport.send(HTTPRequest(url: server.url)).status == 200) }
        isDone.withLock { $0 = true }
        await restless.value
    }

    @Test("a task keeps the transport until its end")
    func keepsTheTransport() async throws {
        let server = try LoopbackServer { _ in .response(body: "ok") }
        defer { server.stop() }
        let url = server.url
        let task = begin(url)
        #expect(await task.value == 200)
    }

    private func begin(_ url: String) -> Task<Int?, Never> {
        let transport = CurlTransport()
        return Task(executorPreference: transport) { [weak transport] in
            try? await Task.sleep(for: .milliseconds(1))
            return try? await transport?.send(HTTPRequest(url: url)).status
        }
    }
}
