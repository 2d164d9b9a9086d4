internal import CLoopback
internal import Foundation
internal import Locking

/// What a client asked.
public struct ReceivedRequest: Sendable {
    /// The method.
    public var method: String
    /// The path with its query, as it came over the wire.
    public var target: String
    /// The headers by lower-case name.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]
}

/// What a client gets.
public enum ServerReply: Sendable {
    /// An honest response, after a wait in milliseconds; the server may close the connection behind it without a word.
    case response(
        status: Int = 200, headers: [(String, String)] = [], body: String = "", after: Int = 0, closes: Bool = false)
    /// No answer: the connection is closed after so many milliseconds.
    case hangUp(after: Int)
    /// Misbehaviour.
    case fault(Fault)
}

/// An HTTP server on this machine, for tests: it answers as it is told, and misbehaves on command.
///
/// One thread a connection, blocking reads and writes: a server that is meant to break rules is easiest to trust when
/// nothing else is clever about it.
public final class LoopbackServer: Sendable {
    /// What happened so far.
    public struct Counts: Sendable {
        /// Connections accepted.
        public var connections = 0
        /// Requests answered.
        public var requests = 0
    }

    private struct State {
        var counts = Counts()
        var open: Set<Int32> = []
        var isStopped = false
    }

    /// The port that the system picked.
    public let port: Int
    private let listener: Int32
    private let state: StateBox
    private let answer: @Sendable (ReceivedRequest) -> ServerReply

    private final class StateBox: Sendable {
        let state = Locked(State())
    }

    /// Why a server could not start.
    public struct StartError: Error {}

    /// Starts listening.
    ///
    /// - Throws: ``StartError`` when the system gives no port.
    public init(_ answer: @escaping @Sendable (ReceivedRequest) -> ServerReply) throws {
        var port: Int32 = 0
        listener = loopback_listen(&port)
        guard listener >= 0 else { throw StartError() }
        self.port = Int(port)
        self.answer = answer
        state = StateBox()
        let (listener, state) = (listener, state)
        let thread = Thread {
            while true {
                let client = loopback_accept(listener)
                guard client >= 0 else { break }
                let isWelcome = state.state.withLock { state in
                    guard !state.isStopped else { return false }
                    state.counts.connections += 1
                    state.open.insert(client)
                    return true
                }
                guard isWelcome else {
                    loopback_close(client)
                    break
                }
                Thread { Self.serve(client, answer, state) }.start()
            }
            loopback_close(listener)
        }
        thread.start()
    }

    deinit { stop() }

    /// The server's address without a path.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What happened so far.
    public var counts: Counts { state.state.withLock { $0.counts } }

    /// Closes all connections; requests under way get no answer.
    public func stop() {
        state.state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            state.open.forEach { loopback_shutdown($0) }
            loopback_shutdown(listener)
        }
    }

    private static func serve(
        _ client: Int32,
        _ answer: @Sendable (ReceivedRequest) -> ServerReply,
        _ state: StateBox
    ) {
        var connection = Connection(client)
        while let request = connection.next() {
            state.state.withLock { $0.counts.requests += 1 }
            guard connection.send(answer(request)) else { break }
        }
        // Forgotten first: once closed, the number may belong to a new connection.
        _ = state.state.withLock { $0.open.remove(client) }
        loopback_close(client)
    }
}
