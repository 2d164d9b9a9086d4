internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import ServiceLifecycle

/// Answers `/healthz`, `/readyz` and `/metrics` over HTTP.
///
/// Anybody who reaches the port may read: nothing of an event, a credential or an account is in the answers.
struct HealthServer: Service {
    /// One answer.
    struct Answer: Sendable, Hashable {
        let status: Int
        let type: String
        let body: String
    }

    let address: HealthAddress
    let answer: @Sendable (String) -> Answer?

    /// Serves until the process is told to end.
    ///
    /// - Throws: ``DaemonError`` when the address cannot be had.
    func run() async throws {
        guard let socket = address.socketAddress else { return }
        let server = HTTPServer(
            config: .init(address: socket, timeout: 15, logger: .disabled),
            handler: ClosureHTTPHandler { request in
                guard request.method == .GET || request.method == .HEAD else {
                    return HTTPResponse(statusCode: .methodNotAllowed)
                }
                guard let answer = answer(request.path) else { return HTTPResponse(statusCode: .notFound) }
                return HTTPResponse(
                    statusCode: answer.status == 200 ? .ok : .serviceUnavailable,
                    headers: [.contentType: answer.type], body: Data(answer.body.utf8))
            })
        do {
            try await withGracefulShutdownHandler {
                try await server.run()
            } onGracefulShutdown: {
                Task { await server.stop(timeout: 0) }
            }
        } catch {
            // A server that was stopped says so with an error.
            if Task.isShuttingDownGracefully || Task.isCancelled { return }
            throw DaemonError(
                description:
                    "the health address \(address) cannot be listened at: choose another with --health-address,"
                    + " or 'none' (\(error.localizedDescription))")
        }
    }
}

/// Why the daemon cannot run.
public struct DaemonError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and the way out.
    public let description: String
}
