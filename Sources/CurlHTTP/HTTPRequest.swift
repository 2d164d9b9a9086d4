public import Foundation

/// One header line.
public struct HTTPHeader: Sendable, Hashable {
    /// The field's name; HTTP compares it without regard to case.
    public var name: String
    /// The field's value as it goes over the wire.
    public var value: String

    /// A header of that name and value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One HTTP request, complete and ready to send: nothing about it is looked up while it is under way.
public struct HTTPRequest: Sendable {
    /// The method, in capitals.
    public var method: String
    /// The absolute URL, percent-encoded; it is sent as it stands, dot segments included, because a signature covers it.
    public var url: String
    /// The headers in the order in which they are sent.
    public var headers: [HTTPHeader]
    /// The body; empty for none.
    public var body: Data
    /// How long the whole exchange may take, waiting for a free connection included; `nil` waits for ever.
    ///
    /// Lambda's Runtime API is the one server for which waiting for ever is right: it answers when the next event comes.
    public var deadline: Duration?
    /// The largest body that is accepted, in bytes; a longer one ends the exchange with ``HTTPError/Code/bodyTooLarge``.
    public var maximumBodyBytes: Int
    /// Whether a proxy of the configuration may be used; never right for link-local addresses such as IMDS.
    public var usesProxy: Bool
    /// Whether to open a new connection: a retry after a broken connection should not meet its siblings.
    public var usesFreshConnection: Bool

    /// A request with the defaults of an ordinary API call.
    public init(
        method: String = "GET",
        url: String,
        headers: [HTTPHeader] = [],
        body: Data = Data(),
        deadline: Duration? = .seconds(30),
        maximumBodyBytes: Int = 32 << 20,
        usesProxy: Bool = true,
        usesFreshConnection: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumBodyBytes = maximumBodyBytes
        self.usesProxy = usesProxy
        self.usesFreshConnection = usesFreshConnection
    }

    /// The scheme, host and port alone: what may be shown in a message, since a query can carry a secret.
    public var origin: String {
        guard let scheme = url.range(of: "://") else { return "an address without a scheme" }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return String(url[..<scheme.upperBound]) + host
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// The method and the host: the headers hold a signature, and the query and the body may hold anything.
    public var description: String { "\(method) \(origin)" }

    /// Without children, so that a dump shows no more.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
