/// AWS's own addresses, as rules: one for all services, and what single services do otherwise.
enum EndpointRules {
    /// The endpoint that a query asks for.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when there is none: a bad region, or settings that exclude each other.
    static func endpoint(_ query: EndpointQuery) throws(AWSError) -> Endpoint {
        switch query.service.endpointPrefix {
        case "s3": return try S3Endpoints.endpoint(query)
        case "dynamodb": return try DynamoDBEndpoints.endpoint(query)
        default: break
        }
        if query.override != nil { return try overridden(query) }
        let region = try region(of: query)
        if query.service.endpointPrefix == "sts", isServedGlobally(query, region) {
            return Endpoint(host: "sts.amazonaws.com", signingRegion: "us-east-1", signingName: "sts")
        }
        return regular(query, region)
    }

    /// The address that somebody configured.
    static func overridden(_ query: EndpointQuery) throws(AWSError) -> Endpoint {
        // The variants are names of AWS's hosts; silently dropping FIPS here would break a promise.
        if query.variant.usesFIPS { throw invalid("a FIPS endpoint and a configured address exclude each other") }
        if query.variant.usesDualStack {
            throw invalid("a dual-stack endpoint and a configured address exclude each other")
        }
        let (address, setting) = query.override ?? ("", "")
        let region = query.region ?? AWSPartition.commercial.globalRegion
        let pinned = pinnedRegion(query.service, AWSPartition(region: region))
        return try Endpoint(
            override: address,
            setting: setting,
            signingRegion: pinned ?? region,
            signingName: query.service.signingName
        )
    }

    /// The rule for all services, with the exceptions' data.
    static func regular(_ query: EndpointQuery, _ region: String) -> Endpoint {
        let service = query.service
        let partition = AWSPartition(region: region)
        let exception = EndpointException.all[service.endpointPrefix] ?? EndpointException()
        let pinned = pinnedRegion(service, partition)
        let isPlain = exception.hasPlainFIPSInGovCloud && partition.id == "aws-us-gov" && !query.variant.usesDualStack
        let prefix = service.endpointPrefix + (query.variant.usesFIPS && !isPlain ? "-fips" : "")
        let usesDualStack = query.variant.usesDualStack || exception.isDualStackOnly
        let suffix = usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        let rule = "\(prefix).\(pinned ?? region).\(suffix)"
        return Endpoint(
            host: exception.hosts[partition.id].map { fixed($0, query.variant) ?? rule } ?? rule,
            signingRegion: pinned ?? region,
            signingName: service.signingName
        )
    }

    private static func fixed(_ hosts: EndpointException.Hosts, _ variant: EndpointVariant) -> String? {
        switch (variant.usesFIPS, variant.usesDualStack) {
        case (false, false): hosts.plain
        case (true, false): hosts.fips
        case (false, true): hosts.dualStack
        case (true, true): hosts.fipsDualStack
        }
    }

    /// The one region where a service of that kind is, whatever region its resources belong to.
    private static func pinnedRegion(_ service: AWSService, _ partition: AWSPartition) -> String? {
        guard let exception = EndpointException.all[service.endpointPrefix] else { return nil }
        if let hosts = exception.hosts[partition.id] { return hosts.signingRegion ?? partition.globalRegion }
        guard exception.isPinned else { return nil }
        return partition.id == "aws" ? exception.commercialRegion ?? partition.globalRegion : partition.globalRegion
    }

    /// The regions that old clients reach through STS's one global host.
    private static let legacyRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1",
        "eu-central-1",
        "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
        "us-west-2",
    ]

    private static func isServedGlobally(_ query: EndpointQuery, _ region: String) -> Bool {
        guard query.variant == EndpointVariant() else { return false }
        return region == "aws-global" || query.usesGlobalEndpoint && legacyRegions.contains(region)
    }

    /// The query's region, checked: it may come from an event, and it becomes part of a host name.
    static func region(of query: EndpointQuery) throws(AWSError) -> String {
        guard let region = query.region else {
            throw invalid("no region is set; set AWS_REGION or the profile's region")
        }
        guard isHostLabel(region) else {
            throw AWSError(
                code: "invalidRegion",
                message: "\"\(region.prefix(64))\" is not the name of a region; write one like eu-central-1",
                kind: .configuration
            )
        }
        return region
    }

    static func invalid(_ message: String) -> AWSError {
        AWSError(code: "invalidEndpoint", message: message, kind: .configuration)
    }

    static func isHostLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63 && !text.hasPrefix("-")
            && text.utf8.allSatisfy { byte in
                PercentEncoding.isUnreserved(byte) && ![UInt8(ascii: "."), 0x5F, 0x7E].contains(byte)
            }
    }
}
