/// What a client is told, as opposed to what it finds in the environment and in AWS's shared files.
public struct AWSConfiguration: Sendable, Hashable {
    /// The profile of the shared files; `nil` takes `AWS_PROFILE` or `default`.
    public var profile: String?
    /// One address for all services, for a test double of AWS; it wins over every other setting.
    public var endpointURL: String?
    /// Addresses by ``AWSService/id``.
    public var endpointURLs: [String: String]
    /// Whether the addresses of environment and profile are ignored; `nil` asks those.
    public var ignoresConfiguredEndpointURLs: Bool?
    /// Whether FIPS endpoints are used; `nil` asks environment and profile.
    public var usesFIPS: Bool?
    /// Whether dual-stack endpoints are used; `nil` asks environment and profile.
    public var usesDualStack: Bool?
    /// Whether S3's buckets stay in the path, as some test doubles of AWS want it.
    public var usesS3PathStyle = false
    /// The role to assume in accounts other than the own one; `nil` makes every call with the own credentials.
    public var accountRole: AccountRole?
    /// How failed requests are repeated; `nil` is AWS's standard mode for the service, with the settings' `max_attempts`.
    public var retry: RetryPolicy?
    /// The most requests a second of one operation in one account and region; `nil` sets no bound of the client's own.
    ///
    /// AWS counts requests just so; a backfill that keeps below leaves the rest of the quota to people.
    public var requestsPerSecond: Double?
    /// How long one request may take, all of it.
    public var requestTimeout: Duration
    /// What the client calls itself in `User-Agent`, so that its calls can be told apart in CloudTrail.
    public var userAgent: String

    /// A configuration that leaves everything to the environment.
    public init(
        profile: String? = nil,
        endpointURL: String? = nil,
        endpointURLs: [String: String] = [:],
        retry: RetryPolicy? = nil,
        requestTimeout: Duration = .seconds(30),
        userAgent: String = "autotagger"
    ) {
        self.profile = profile
        self.endpointURL = endpointURL
        self.endpointURLs = endpointURLs
        self.retry = retry
        self.requestTimeout = requestTimeout
        self.userAgent = userAgent
    }
}
