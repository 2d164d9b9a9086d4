/// What sends a request and brings back the response: libcurl in production, a script in tests.
public protocol HTTPTransport: Sendable {
    /// Sends one request and reads its response to the end.
    ///
    /// - Throws: ``HTTPError`` when there is no complete response within the request's own bounds.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
