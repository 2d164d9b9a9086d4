public import Foundation

/// One HTTP response, read to its end.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers in the order in which they came.
    public var headers: [HTTPHeader]
    /// The body, never longer than the request allowed.
    public var body: Data

    /// A response of those parts.
    public init(status: Int, headers: [HTTPHeader] = [], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.isNamed(name) }?.value
    }
}
