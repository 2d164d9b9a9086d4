/// What all requests of one ``CurlTransport`` share.
public struct CurlConfiguration: Sendable, Hashable {
    /// The most exchanges under way at once, and so the most connections open.
    public var maximumConnections: Int
    /// The most of them to one host, so that a slow service cannot starve the others.
    public var maximumConnectionsPerHost: Int
    /// How long making a connection may take, TLS included.
    public var connectTimeout: Duration
    /// A file of certificate authorities to trust instead of the system's.
    public var certificateAuthorities: String?
    /// The proxy for `http` addresses.
    public var httpProxy: String?
    /// The proxy for `https` addresses.
    public var httpsProxy: String?
    /// The hosts that are reached without a proxy, separated by commas.
    public var noProxy: String?

    /// A configuration with no proxy and the system's authorities.
    ///
    /// The connect timeout is the official Rust SDK's: long enough for one lost SYN to be sent again twice.
    public init(
        maximumConnections: Int = 64,
        maximumConnectionsPerHost: Int = 16,
        connectTimeout: Duration = .milliseconds(3100),
        certificateAuthorities: String? = nil
    ) {
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerHost = maximumConnectionsPerHost
        self.connectTimeout = connectTimeout
        self.certificateAuthorities = certificateAuthorities
    }

    /// Takes the proxies and `AWS_CA_BUNDLE` from the environment given.
    ///
    /// As in curl, `http_proxy` counts in lower case only: a web server hands its client's `Proxy:` header to programs as
    /// `HTTP_PROXY`.
    public init(environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        self.init(certificateAuthorities: value("AWS_CA_BUNDLE", "SSL_CERT_FILE"))
        let fallback = value("all_proxy", "ALL_PROXY")
        httpProxy = value("http_proxy") ?? fallback
        httpsProxy = value("https_proxy", "HTTPS_PROXY") ?? fallback
        noProxy = value("no_proxy", "NO_PROXY")
    }
}
