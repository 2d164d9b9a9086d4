public import CurlHTTP
public import Foundation
private import JSON

/// Lambda's Runtime API: fetches invocations and answers each exactly once.
///
/// See "Using the Lambda runtime API for custom runtimes" in the Lambda developer guide. Waiting for the next invocation has no
/// time limit and goes through no proxy: between two events Lambda freezes the whole process, for hours at times.
public struct LambdaRuntime: Sendable {
    /// Why the Runtime API can no longer be used: the process must end, and Lambda starts another.
    public struct RuntimeError: Error, Sendable, CustomStringConvertible {
        /// What failed.
        public let description: String
    }

    /// What the Runtime API made of an answer.
    public enum Receipt: Sendable, Hashable {
        /// It has it.
        case accepted
        /// It is larger than Lambda takes (6 MB).
        case tooLarge
        /// It is not wanted, as when it comes after the deadline; nothing is left to be said about that invocation.
        case refused(status: Int)
    }

    /// A connection that breaks sooner than this after the question was not cut by a wait.
    private static let shortWait = Duration.seconds(1)
    /// So many such breaks in a row, and nobody is there any more.
    private static let maximumShortWaits = 3

    private let base: String
    private let transport: any HTTPTransport
    private let now: @Sendable () -> ContinuousClock.Instant

    /// A runtime at the host that `AWS_LAMBDA_RUNTIME_API` names.
    public init(
        host: String, transport: any HTTPTransport,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        base = "http://\(host)/2018-06-01/runtime"
        self.transport = transport
        self.now = now
    }

    /// Waits for the next invocation, however long that takes.
    ///
    /// A connection that breaks during the wait, or that died while the process was frozen, is replaced at once.
    ///
    /// - Throws: ``RuntimeError`` when the control plane is gone or answers nonsense.
    public func next() async throws(RuntimeError) -> LambdaInvocation {
        var shortWaits = 0
        while true {
            let start = now()
            let request = HTTPRequest(
                url: base + "/invocation/next", deadline: nil, usesProxy: false, usesFreshConnection: shortWaits > 0)
            let response: HTTPResponse
            do throws(HTTPError) {
                response = try await transport.send(request)
            } catch {
                shortWaits = start.duration(to: now()) < Self.shortWait ? shortWaits + 1 : 0
                guard error.code == .connection, shortWaits < Self.maximumShortWaits else {
                    throw Self.unreached(error)
                }
                continue
            }
            return try Self.invocation(response)
        }
    }

    /// Answers an invocation with its result, a JSON document.
    ///
    /// - Throws: ``RuntimeError`` when the control plane is gone.
    public func respond(to invocation: LambdaInvocation, _ body: Data) async throws(RuntimeError) -> Receipt {
        try await post("/invocation/\(invocation.requestID)/response", body)
    }

    /// Answers an invocation with an error.
    ///
    /// - Throws: ``RuntimeError`` when the control plane is gone.
    @discardableResult
    public func fail(
        _ invocation: LambdaInvocation, _ failure: LambdaAnswer.Failure
    ) async throws(RuntimeError) -> Receipt {
        try await post("/invocation/\(invocation.requestID)/error", Self.document(failure), type: failure.type)
    }

    /// Says that the function cannot start at all.
    ///
    /// - Throws: ``RuntimeError`` when the control plane is gone.
    public func failToStart(_ failure: LambdaAnswer.Failure) async throws(RuntimeError) {
        _ = try await post("/init/error", Self.document(failure), type: failure.type)
    }

    private static func invocation(_ response: HTTPResponse) throws(RuntimeError) -> LambdaInvocation {
        guard response.status == 200 else { throw unwelcome("GET /invocation/next", response) }
        guard let requestID = response.header("Lambda-Runtime-Aws-Request-Id") else {
            throw RuntimeError(description: "the Runtime API answered GET /invocation/next without a request id")
        }
        let milliseconds = response.header("Lambda-Runtime-Deadline-Ms").flatMap(Double.init)
        return LambdaInvocation(
            requestID: requestID, deadline: milliseconds.map { Date(timeIntervalSince1970: $0 / 1000) },
            body: response.body)
    }

    private func post(_ path: String, _ body: Data, type: String? = nil) async throws(RuntimeError) -> Receipt {
        var headers = [HTTPHeader("Content-Type", "application/json")]
        if let type {
            // The type may be a service's own code, and nothing that came from outside may write headers.
            let word = type.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
            headers.append(HTTPHeader("Lambda-Runtime-Function-Error-Type", "AutoTagger.\(word)"))
        }
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await transport.send(
                HTTPRequest(
                    method: "POST", url: base + path, headers: headers, body: body, deadline: .seconds(10),
                    usesProxy: false))
        } catch {
            throw Self.unreached(error)
        }
        switch response.status {
        case 200..<300: return .accepted
        case 413: return .tooLarge
        case 400..<500: return .refused(status: response.status)
        default: throw Self.unwelcome("POST \(path)", response)
        }
    }

    private static func unreached(_ error: HTTPError) -> RuntimeError {
        RuntimeError(description: "the Runtime API is not reachable: \(error.message)")
    }

    private static func unwelcome(_ what: String, _ response: HTTPResponse) -> RuntimeError {
        RuntimeError(description: "the Runtime API answered \(what) with status \(response.status)")
    }

    private static func document(_ failure: LambdaAnswer.Failure) -> Data {
        // A message may quote what was sent, and an answer must fit.
        let message = String(failure.message.prefix(4000))
        let document: JSONValue = [
            "errorType": .string(failure.type), "errorMessage": .string(message), "stackTrace": [],
        ]
        return Data(document.compactText.utf8)
    }
}
