internal import CurlHTTP
internal import Foundation

/// Asks one of the servers that AWS puts next to a machine or container, which no proxy may come between.
struct LocalMetadata {
    let context: CallContext
    /// What asks, for messages.
    let name: String

    /// The servers answer within milliseconds or are not there at all.
    static let deadline = Duration.seconds(1)
    static let attempts = 4

    /// The response of the first attempt that is neither a server's failure nor a broken connection.
    ///
    /// - Throws: ``CredentialError`` when all attempts fail.
    func send(_ method: String, _ url: String, _ headers: [HTTPHeader]) async throws(CredentialError) -> HTTPResponse {
        let request = HTTPRequest(
            method: method,
            url: url,
            headers: headers,
            deadline: Self.deadline,
            maximumBodyBytes: 256 << 10,
            usesProxy: false
        )
        var failure = ""
        for attempt in 1...Self.attempts {
            if attempt > 1 { try await pause(attempt) }
            do throws(HTTPError) {
                let response = try await context.transport.send(request)
                if response.status < 500 && response.status != 429 { return response }
                failure = "status \(response.status)"
            } catch {
                failure = error.message
                // Off AWS nobody listens there, and asking again would only delay the message that says so.
                if [.connection, .timeout, .cancelled].contains(error.code) { break }
            }
        }
        throw CredentialError(.unavailable, "\(name) does not answer: \(failure)")
    }

    private func pause(_ attempt: Int) async throws(CredentialError) {
        let delay = RetryPolicy().delay(
            retry: attempt - 1,
            isThrottled: false,
            random: context.random(),
            asked: nil
        )
        do {
            try await context.clock.sleep(for: delay)
        } catch {
            throw CredentialError(.unavailable, "\(name) was not asked again: the task was cancelled")
        }
    }
}
