internal import Locking

/// Finds where a call goes: an address that somebody configured, in AWS's own order of precedence, or AWS's own.
struct EndpointResolver: Sendable {
    let configuration: AWSConfiguration
    let settings: SharedSettings
    /// What was found already: settings do not change while a client lives, and most calls go to a few places.
    private let found = Locked<[Wanted: Endpoint]>([:])

    private struct Wanted: Hashable {
        let service: AWSService
        let region: String

        /// Two texts tell nearly all apart; to hash all of a service's takes longer than the rest of the look-up.
        func hash(into hasher: inout Hasher) {
            hasher.combine(service.endpointPrefix)
            hasher.combine(region)
        }
    }

    init(configuration: AWSConfiguration, settings: SharedSettings) {
        self.configuration = configuration
        self.settings = settings
    }

    /// The endpoint of `service` in `region`, for a bucket where the request names one.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when a configured address or a region cannot be one.
    func endpoint(for service: AWSService, region: String, bucket: String? = nil) throws(AWSError) -> Endpoint {
        let wanted = Wanted(service: service, region: region)
        if bucket == nil, let known = found.withLock({ $0[wanted] }) { return known }
        let endpoint = try resolve(service, region: region, bucket: bucket)
        if bucket == nil { found.withLock { $0[wanted] = endpoint } }
        return endpoint
    }

    private func resolve(_ service: AWSService, region: String, bucket: String?) throws(AWSError) -> Endpoint {
        var query = EndpointQuery(service: service, region: region, variant: try variant())
        query.override = try override(for: service)
        query.bucket = bucket
        query.usesPathStyle = configuration.usesS3PathStyle
        return try EndpointRules.endpoint(query)
    }

    /// The first of: the client's configuration, the service's variable, the global variable, the profile's `services`
    /// section, the profile's own `endpoint_url`; all but the first can be switched off.
    private func override(for service: AWSService) throws(AWSError) -> (address: String, setting: String)? {
        let key = service.id.replacing(" ", with: "_").replacing("-", with: "_")
        if let address = configuration.endpointURLs[service.id] ?? configuration.endpointURL {
            return (address, "the configured endpoint URL")
        }
        if try ignoresConfiguredURLs() { return nil }
        for name in ["AWS_ENDPOINT_URL_\(key.uppercased())", "AWS_ENDPOINT_URL"] {
            if let address = settings.environment[name], !address.isEmpty { return (address, name) }
        }
        guard let profile = try settings.profile() else { return nil }
        if let name = profile["services"],
            let address = try settings.file().services[name]?[key.lowercased()]?["endpoint_url"]
        {
            return (address, "endpoint_url of \(service.id) in [services \(name)]")
        }
        return profile["endpoint_url"].map { ($0, "endpoint_url of profile \(settings.profileName)") }
    }

    private func ignoresConfiguredURLs() throws(AWSError) -> Bool {
        if let flag = configuration.ignoresConfiguredEndpointURLs { return flag }
        return try settings.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
    }

    func variant() throws(AWSError) -> EndpointVariant {
        var variant = EndpointVariant()
        variant.usesFIPS =
            if let wanted = configuration.usesFIPS { wanted } else {
                try settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
            }
        variant.usesDualStack =
            if let wanted = configuration.usesDualStack { wanted } else {
                try settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
            }
        return variant
    }
}
