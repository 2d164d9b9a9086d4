import AWSTestServer
import CurlHTTP
import EventSources
import Foundation
import Locking
import Testing

/// The conversation with Lambda's Runtime API, over real connections to a fake of it.
@Suite struct LambdaRuntimeTests {
    /// The full number is what was promised; a twentieth of it shows the same and does not hold up everyday tests.
    static let invocations = ProcessInfo.processInfo.environment["AUTOTAGGER_FULL_LOAD"] == "1" ? 10_000 : 500

    private static func serve(
        _ plane: LambdaControlPlane, answer: LambdaAnswer = LambdaAnswer(.success(Data("{}".utf8)))
    ) async -> (end: LambdaRuntime.RuntimeError, notices: [LambdaRuntime.Notice]) {
        let notices = Locked<[LambdaRuntime.Notice]>([])
        let runtime = LambdaRuntime(host: plane.address, transport: CurlTransport())
        let end = await runtime.serve { _ in
            answer
        } noting: { notice in
            notices.withLock { $0.append(notice) }
        }
        return (end, notices.withLock { $0 })
    }

    @Test("answers every invocation exactly once, in order", arguments: LambdaControlPlane.Conduct.allCases)
    func once(conduct: LambdaControlPlane.Conduct) async throws {
        let plane = try LambdaControlPlane(events: ["{}"], invocations: Self.invocations, conduct: conduct)
        defer { plane.stop() }
        let start = ContinuousClock.now
        let (end, notices) = await Self.serve(plane)
        let rate = Double(Self.invocations) / (start.duration(to: .now) / .seconds(1))
        print(
            "runtime API, \(conduct): \(plane.answers.count) answers, \(Int(rate)) a second, \(plane.connections) connections"
        )
        #expect(plane.answers.map(\.invocation) == Array(0..<Self.invocations))
        #expect(plane.answers.allSatisfy { $0.kind == "response" && $0.body == "{}" })
        #expect(notices.count == Self.invocations)
        #expect(end.description.contains("500"))
        if conduct == .keepsConnections { #expect(plane.connections == 1) }
    }

    @Test(
        "an answer that Lambda does not take is not sent again, but for one that is too large",
        arguments: [
            (413, ["response", "error"], true), (403, ["response"], true), (400, ["response"], true),
            (500, ["response"], false), (503, ["response"], false),
        ])
    func refusedAnswers(status: Int, kinds: [String], goesOn: Bool) async throws {
        let plane = try LambdaControlPlane(events: ["{}"], invocations: 2, statuses: ["response": status])
        defer { plane.stop() }
        let (end, _) = await Self.serve(plane)
        #expect(plane.answers.map(\.kind) == (goesOn ? kinds + kinds : kinds))
        #expect(end.description.contains("status"))
        if status == 413 { #expect(plane.answers[1].errorType == "AutoTagger.responseTooLarge") }
    }

    @Test("a failure is an error with a type that cannot write headers", arguments: [202, 413, 403])
    func failures(status: Int) async throws {
        let plane = try LambdaControlPlane(events: ["{}"], invocations: 1, statuses: ["error": status])
        defer { plane.stop() }
        let failure = LambdaAnswer.Failure(type: "Odd: type\r\nX: y", message: String(repeating: "m", count: 10_000))
        let (_, notices) = await Self.serve(plane, answer: LambdaAnswer(.failure(failure)))
        #expect(plane.answers.map(\.kind) == ["error"])
        #expect(plane.answers.first?.errorType == "AutoTagger.OddtypeXy")
        #expect((plane.answers.first?.body.utf8.count ?? 0) < 5000)
        #expect(notices == [status == 403 ? .refused(requestID: "0", status: 403) : .answered(requestID: "0")])
    }

    @Test("ends when the control plane says so", arguments: [403, 410, 500, 503])
    func ends(status: Int) async throws {
        let plane = try LambdaControlPlane(events: ["{}"], invocations: 0, atEnd: status)
        defer { plane.stop() }
        #expect(await Self.serve(plane).end.description.contains("\(status)"))
    }

    @Test("last words end it after their answer")
    func lastWords() async throws {
        let plane = try LambdaControlPlane(events: ["{}"], invocations: 3)
        defer { plane.stop() }
        let answer = LambdaAnswer(.success(Data("{}".utf8)), lastWords: "the credentials have expired")
        #expect(await Self.serve(plane, answer: answer).end.description == "the credentials have expired")
        #expect(plane.answers.map(\.invocation) == [0])
    }

    /// A transport that says what becomes of each request, while its own clock runs.
    final class Wire: HTTPTransport {
        private let state:
            Locked<
                (
                    outcomes: [(Duration, Result<HTTPResponse, HTTPError>)], requests: [HTTPRequest],
                    now: ContinuousClock.Instant
                )
            >

        init(_ outcomes: [(Duration, Result<HTTPResponse, HTTPError>)]) { state = Locked((outcomes, [], .now)) }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }
        var now: ContinuousClock.Instant { state.withLock { $0.now } }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            let outcome = state.withLock { state in
                state.requests.append(request)
                let (wait, outcome) = state.outcomes.removeFirst()
                state.now = state.now.advanced(by: wait)
                return outcome
            }
            return try outcome.get()
        }
    }

    static let broken = Result<HTTPResponse, HTTPError>.failure(HTTPError(.connection, "broken"))
    static let invocation = Result<HTTPResponse, HTTPError>.success(
        HTTPResponse(status: 200, headers: [HTTPHeader("Lambda-Runtime-Aws-Request-Id", "1")], body: Data("{}".utf8)))

    @Test("waits for ever, without a proxy, through any number of breaks that took their time")
    func waits() async throws {
        let breaks = Array(repeating: (Duration.seconds(600), Self.broken), count: 100)
        let wire = Wire(breaks + [(.seconds(36_000), Self.invocation)])
        let invocation = try await LambdaRuntime(host: "h", transport: wire, now: { wire.now }).next()
        #expect(invocation.requestID == "1" && invocation.deadline == nil)
        #expect(wire.requests.count == 101)
        #expect(wire.requests.allSatisfy { $0.deadline == nil && !$0.usesProxy })
    }

    @Test("gives up after three breaks in quick succession")
    func givesUp() async {
        let quick = (Duration.milliseconds(5), Self.broken)
        let wire = Wire([quick, quick, (.seconds(2), Self.broken), quick, quick, quick, (.zero, Self.invocation)])
        await #expect(throws: LambdaRuntime.RuntimeError.self) {
            try await LambdaRuntime(host: "h", transport: wire, now: { wire.now }).next()
        }
        #expect(wire.requests.count == 6)
    }

    @Test(
        "does not ask again what is no broken connection",
        arguments: [HTTPError.Code.timeout, .nameResolution, .malformedResponse])
    func otherErrors(code: HTTPError.Code) async {
        let wire = Wire([(.zero, .failure(HTTPError(code, "no")))])
        await #expect(throws: LambdaRuntime.RuntimeError.self) {
            try await LambdaRuntime(host: "h", transport: wire, now: { wire.now }).next()
        }
    }
}
