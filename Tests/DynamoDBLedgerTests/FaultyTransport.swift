import CurlHTTP
import Foundation
import Locking

/// Passes requests on, except those that a test wants to go wrong, and counts them by operation.
final class FaultyTransport: HTTPTransport {
    /// What becomes of a request.
    enum Fault: Sendable {
        /// It arrives and is obeyed; its answer does not come back.
        case loseAnswer
        /// It is answered with this error.
        case refuse(String, status: Int = 400)
        /// It is answered with this body.
        case answer(@Sendable (Data) -> Data)
    }

    private struct State {
        var faults: [String: [Fault]]
        var calls: [String: Int] = [:]
    }

    private let state: Locked<State>

    /// The faults of each operation's first requests, in order.
    init(_ faults: [String: [Fault]] = [:]) { state = Locked(State(faults: faults)) }

    /// How often each operation was called since the last time this was asked.
    func takeCalls() -> [String: Int] {
        state.withLock { state in
            defer { state.calls = [:] }
            return state.calls
        }
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let target = request.headers.first { $0.name == "X-Amz-Target" }?.value ?? ""
        let operation = String(target.split(separator: ".").last ?? "")
        let fault: Fault? = state.withLock { state in
            state.calls[operation, default: 0] += 1
            guard let first = state.faults[operation]?.first else { return nil }
            state.faults[operation]?.removeFirst()
            return first
        }
        switch fault {
        case nil: return try await TestTable.transport.send(request)
        case .loseAnswer:
            _ = try await TestTable.transport.send(request)
            throw HTTPError(.timeout, "the answer was lost")
        case .refuse(let code, let status):
            return HTTPResponse(
                status: status,
                body: Data(
                    #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(code)","message":"as the test wants"}"#.utf8)
            )
        case .answer(let body): return HTTPResponse(status: 200, body: body(request.body))
        }
    }
}
