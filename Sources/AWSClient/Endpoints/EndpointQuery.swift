/// Which of a service's addresses is wanted.
struct EndpointVariant: Sendable, Hashable {
    /// The one whose cryptography is validated by FIPS 140.
    var usesFIPS = false
    /// The one that answers over IPv4 and IPv6.
    var usesDualStack = false
}

/// Everything that an endpoint depends on.
struct EndpointQuery: Sendable {
    /// Whether DynamoDB is asked at the account's own host.
    enum AccountMode: String, Sendable {
        case preferred
        case disabled
        case required
    }

    var service: AWSService
    /// The region; only a configured address goes without.
    var region: String?
    var variant = EndpointVariant()
    /// An address that somebody configured, and the setting that names it.
    var override: (address: String, setting: String)?
    /// S3's bucket, which becomes part of the host where it can.
    var bucket: String?
    /// Whether S3's bucket must stay in the path.
    var usesPathStyle = false
    /// Whether S3's accelerated transfer is wanted.
    var usesAcceleration = false
    /// Whether STS and S3 are asked at their one old host instead of the region's.
    var usesGlobalEndpoint = false
    /// DynamoDB: how much an account's own host is wanted; `nil` when the caller does not take part in it.
    var accountMode: AccountMode?
    /// DynamoDB: the account of the credentials.
    var accountID: String?
    /// DynamoDB: the tables that the request is about; the account of the first in this region counts first.
    var resourceARNs: [String] = []
    /// DynamoDB: whether the request is a search, which has hosts of its own.
    var isSearch = false
}
