/// Where a service's requests go and what their signature names.
struct Endpoint: Sendable, Hashable {
    var scheme = "https"
    /// The host, with a port where it is not the scheme's own.
    var host: String
    /// The path in front of every operation's own.
    var path = ""
    var signingRegion: String
    var signingName: String
    /// Whether the host (or the path) names the bucket already, so that S3's own path does not.
    var holdsBucket = false
    /// The setting that named this address, when it is not AWS's own.
    var override: String?

    func url(hostPrefix: String) -> String {
        // A host prefix selects a virtual host of AWS's; an address that somebody configured has none.
        "\(scheme)://\(override == nil ? hostPrefix : "")\(host)"
    }

    /// Takes an address as people configure it.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when it is no http or https URL.
    init(override address: String, setting: String, signingRegion: String, signingName: String) throws(AWSError) {
        let parts = URLParts(address)
        let scheme = address.prefix { $0 != ":" }.lowercased()
        guard ["http", "https"].contains(scheme), address.contains("://"), !parts.authority.isEmpty,
            !parts.authority.contains(where: { $0.isWhitespace || $0 == "@" }), parts.query.isEmpty
        else {
            throw AWSError(
                code: "invalidEndpoint",
                message: "\(setting) is not an http or https URL; write it like http://localhost:4566",
                kind: .configuration
            )
        }
        self.scheme = scheme
        self.host = parts.authority
        self.path = parts.path.hasSuffix("/") ? String(parts.path.dropLast()) : parts.path
        self.signingRegion = signingRegion
        self.signingName = signingName
        self.override = setting
    }

    init(host: String, signingRegion: String, signingName: String) {
        self.host = host
        self.signingRegion = signingRegion
        self.signingName = signingName
    }
}
