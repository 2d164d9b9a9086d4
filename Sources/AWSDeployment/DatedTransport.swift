internal import AWSClient
public import CurlHTTP
public import Doctor
public import Foundation
internal import Locking

/// Passes requests on and remembers by how much the latest answer's `Date` differs from this machine's clock.
///
/// Every answer of AWS has a date, refusals among them, so that the clock costs no call of its own.
public final class DatedTransport: HTTPTransport, ServerClock {
    private let inner: any HTTPTransport
    private let now: @Sendable () -> Date
    private let latest = Locked<Double?>(nil)

    /// A transport over another.
    public init(_ inner: any HTTPTransport, now: @escaping @Sendable () -> Date) {
        self.inner = inner
        self.now = now
    }

    /// By how many seconds AWS's clock is ahead of ours.
    public var offset: Double? { latest.withLock { $0 } }

    /// Passes a request on.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let response = try await inner.send(request)
        if let date = response.header("Date").flatMap(HTTPDate.parse) {
            // The middle of the second that the date names.
            latest.withLock { $0 = date.timeIntervalSince(now()) + 0.5 }
        }
        return response
    }
}
