internal import FlyingSocks
private import Foundation

/// Where the daemon answers questions about itself.
public struct HealthAddress: Sendable, Hashable, CustomStringConvertible {
    /// Where it does unless told otherwise: on this machine only, at the port next to those of Prometheus's own exporters.
    public static let standard = HealthAddress(host: "127.0.0.1", port: 9464)

    private let host: String
    private let port: UInt16

    private init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:9464`, `[::1]:9464`, `0.0.0.0:9464`, or `:9464` for every address of the machine; `nil` for
    /// anything else, names of hosts included.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.init(host: host.isEmpty ? "0.0.0.0" : host, port: port)
        guard socketAddress != nil else { return nil }
    }

    var socketAddress: (any SocketAddress)? {
        host.contains(":")
            ? try? sockaddr_in6.inet6(ip6: host, port: port) : try? sockaddr_in.inet(ip4: host, port: port)
    }

    /// The address as it is written.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
