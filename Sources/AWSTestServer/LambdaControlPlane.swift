internal import Foundation
internal import Locking

/// A fake of Lambda's Runtime API: hands out invocations, keeps the answers, and is as unkind as it is told to be.
public final class LambdaControlPlane: Sendable {
    /// What it does to connections.
    public enum Conduct: String, Sendable, CaseIterable {
        /// Keeps them, as Lambda does.
        case keepsConnections
        /// Closes each one behind its answer, without saying so.
        case closesAfterEach
        /// Closes each one on which somebody waits for an invocation, and answers on the next.
        case closesWhileWaiting
    }

    /// One answer of the function.
    public struct Answer: Sendable, Hashable {
        /// Which invocation it is about; `nil` for a failure to start.
        public let invocation: Int?
        /// `response` or `error`.
        public let kind: String
        /// What was posted.
        public let body: String
        /// The error's type, as the header names it.
        public let errorType: String?
    }

    private struct State {
        var handedOut = 0
        var wasAsked = false
        var answers: [Answer] = []
        var isCut = false
    }

    private final class Desk: Sendable {
        let state = Locked(State())
        let events: [String]
        let count: Int
        let conduct: Conduct
        let lifetime: Duration
        let statuses: [String: Int]
        let atEnd: Int
        let onFirstNext: @Sendable () -> Void

        init(
            _ events: [String], _ count: Int, _ conduct: Conduct, _ lifetime: Duration, _ statuses: [String: Int],
            _ atEnd: Int, _ onFirstNext: @escaping @Sendable () -> Void
        ) {
            self.events = events
            self.count = count
            self.conduct = conduct
            self.lifetime = lifetime
            self.statuses = statuses
            self.atEnd = atEnd
            self.onFirstNext = onFirstNext
        }
    }

    private static let prefix = "/2018-06-01/runtime/"
    private let server: LoopbackServer
    private let desk: Desk

    /// Starts one.
    ///
    /// - Parameters:
    ///   - events: what invocations bring, over and over.
    ///   - invocations: how many it hands out; who asks for more gets the status `atEnd`.
    ///   - lifetime: how far in the future each deadline lies.
    ///   - statuses: what it answers to a posted `response` or `error`, when not 202.
    ///   - onFirstNext: called when the function asks for its first invocation.
    /// - Throws: ``LoopbackServer/StartError`` when the system gives no port.
    public init(
        events: [String], invocations: Int, conduct: Conduct = .keepsConnections, lifetime: Duration = .seconds(30),
        statuses: [String: Int] = [:], atEnd: Int = 500, onFirstNext: @escaping @Sendable () -> Void = {}
    ) throws {
        let desk = Desk(events, invocations, conduct, lifetime, statuses, atEnd, onFirstNext)
        self.desk = desk
        server = try LoopbackServer { Self.reply($0, desk) }
    }

    /// What `AWS_LAMBDA_RUNTIME_API` is to be set to.
    public var address: String { "127.0.0.1:\(server.port)" }

    /// The answers so far.
    public var answers: [Answer] { desk.state.withLock { $0.answers } }

    /// The connections that were made to it.
    public var connections: Int { server.counts.connections }

    /// Goes away.
    public func stop() { server.stop() }

    private static func reply(_ request: ReceivedRequest, _ desk: Desk) -> ServerReply {
        guard request.target.hasPrefix(prefix) else { return .response(status: 404) }
        let path = request.target.dropFirst(prefix.count).split(separator: "/")
        if request.method == "GET" { return path == ["invocation", "next"] ? next(desk) : .response(status: 404) }
        return take(request, path.map(String.init), desk)
    }

    private static func next(_ desk: Desk) -> ServerReply {
        let isFirst = desk.state.withLock { state in
            defer { state.wasAsked = true }
            return !state.wasAsked
        }
        if isFirst { desk.onFirstNext() }
        let number: Int? = desk.state.withLock { state in
            if desk.conduct == .closesWhileWaiting, !state.isCut {
                state.isCut = true
                return nil
            }
            state.isCut = false
            defer { state.handedOut += 1 }
            return state.handedOut
        }
        guard let number else { return .hangUp(after: 0) }
        let closes = desk.conduct == .closesAfterEach
        guard number < desk.count else { return .response(status: desk.atEnd, closes: closes) }
        let (seconds, attoseconds) = desk.lifetime.components
        let lifetime = Double(seconds) + Double(attoseconds) / 1e18
        let headers = [
            ("Lambda-Runtime-Aws-Request-Id", "\(number)"),
            ("Lambda-Runtime-Deadline-Ms", "\(Int((Date().timeIntervalSince1970 + lifetime) * 1000))"),
        ]
        return .response(headers: headers, body: desk.events[number % desk.events.count], closes: closes)
    }

    private static func take(_ request: ReceivedRequest, _ path: [String], _ desk: Desk) -> ServerReply {
        let isKnown = path.count == 3 && path[0] == "invocation" && ["response", "error"].contains(path[2])
        guard isKnown || path == ["init", "error"] else { return .response(status: 404) }
        let answer = Answer(
            invocation: isKnown ? Int(path[1]) : nil, kind: path[path.count - 1],
            body: String(decoding: request.body, as: UTF8.self),
            errorType: request.headers["lambda-runtime-function-error-type"])
        desk.state.withLock { $0.answers.append(answer) }
        return .response(status: desk.statuses[answer.kind] ?? 202, closes: desk.conduct == .closesAfterEach)
    }
}
