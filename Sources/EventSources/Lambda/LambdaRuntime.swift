public import CurlHTTP
public import Foundation
private import JSON

/// Lambda's Runtime API: fetches invocations and answers each exactly once.
///
/// See "Using the Lambda runtime API for custom runtimes" in the Lambda developer guide. Waiting for the next invocation has no
/// time limit and goes through no proxy: between two events Lambda freezes the whole process, for hours at times.
public struct LambdaRuntime: Sendable {
    /// One invocation.
    public struct Invocation: Sendable {
        /// Names the invocation in its answer.
        public let requestID: String
        /// When Lambda ends the process if no answer came.
        public let deadline: Date
        /// The event, in whatever envelope it was sent.
        public let body: Data
    }

    /// Why the Runtime API could not be used.
    public struct RuntimeError: Error, Sendable, CustomStringConvertible {
        /// What failed.
        public let description: String
    }

    private let base: String
    private let transport: any HTTPTransport

    /// A runtime at the host that `AWS_LAMBDA_RUNTIME_API` names.
    public init(host: String, transport: any HTTPTransport) {
        base = "http://\(host)/2018-06-01/runtime"
        self.transport = transport
    }

    /// Waits for the next invocation.
    ///
    /// - Throws: ``RuntimeError`` when the control plane is gone or answers nonsense: the process must end then.
    public func next() async throws(RuntimeError) -> Invocation {
        let response = try await send(
            HTTPRequest(
                method: "GET", url: base + "/invocation/next", deadline: nil, usesProxy: false))
        guard let requestID = response.header("Lambda-Runtime-Aws-Request-Id") else {
            throw RuntimeError(description: "the Runtime API answered /invocation/next without a request id")
        }
        let milliseconds = response.header("Lambda-Runtime-Deadline-Ms").flatMap(Double.init)
        return Invocation(
            requestID: requestID,
            deadline: milliseconds.map { Date(timeIntervalSince1970: $0 / 1000) } ?? .distantFuture,
            body: response.body)
    }

    /// Answers an invocation with its result, a JSON document.
    public func respond(to invocation: Invocation, _ body: Data) async throws(RuntimeError) {
        try await post("/invocation/\(invocation.requestID)/response", body)
    }

    /// Answers an invocation with an error: Lambda will try it again.
    public func fail(_ invocation: Invocation, type: String, message: String) async throws(RuntimeError) {
        try await post("/invocation/\(invocation.requestID)/error", Self.error(type, message), type: type)
    }

    /// Says that the function cannot start at all.
    public func failToStart(type: String, message: String) async throws(RuntimeError) {
        try await post("/init/error", Self.error(type, message), type: type)
    }

    private func post(_ path: String, _ body: Data, type: String? = nil) async throws(RuntimeError) {
        var headers = [HTTPHeader("Content-Type", "application/json")]
        if let type { headers.append(HTTPHeader("Lambda-Runtime-Function-Error-Type", "AutoTagger.\(type)")) }
        _ = try await send(
            HTTPRequest(
                method: "POST", url: base + path, headers: headers, body: body, deadline: .seconds(10), usesProxy: false
            ))
    }

    private func send(_ request: HTTPRequest) async throws(RuntimeError) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw RuntimeError(description: "the Runtime API is not reachable: \(error.message)")
        }
        guard (200..<300).contains(response.status) else {
            throw RuntimeError(description: "the Runtime API answered \(request.method) with status \(response.status)")
        }
        return response
    }

    private static func error(_ type: String, _ message: String) -> Data {
        let document: JSONValue = ["errorType": .string(type), "errorMessage": .string(message)]
        return Data(document.compactText.utf8)
    }
}
