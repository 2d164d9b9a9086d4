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

    /// Whether it is the field of that name, whatever its case.
    func isNamed(_ other: String) -> Bool {
        // Names are ASCII, so that one bit is all the difference between the cases of a letter.
        name.utf8.count == other.utf8.count
            && name.utf8.elementsEqual(other.utf8) { one, other in
                one == other || one | 0x20 == other | 0x20 && (0x61...0x7A).contains(one | 0x20)
            }
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
        // Bytes, not characters: it is the queue's lane of every request, and all that is looked for is ASCII.
        let bytes = Array(url.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            return "an address without a scheme"
        }
        let start = colon + 3
        let end = bytes[start...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? bytes.count
        let scheme = String(decoding: bytes[..<start], as: UTF8.self)
        let host = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? start
        return scheme + String(decoding: bytes[host..<end], as: UTF8.self)
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// The method and the host: the headers hold a signature, and the query and the body may hold anything.
    public var description: String { "\(method) \(origin)" }

    /// Without children, so that a dump shows no more.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
