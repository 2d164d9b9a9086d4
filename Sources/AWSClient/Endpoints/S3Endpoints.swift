/// Where S3's buckets are: in the host's name where DNS allows it, else in the path.
///
/// Access points, Outposts, Object Lambda and directory buckets are addressed by ARNs or by names of their own forms, and
/// are not supported: a bucket's tags are always written through the bucket.
enum S3Endpoints {
    static func endpoint(_ query: EndpointQuery) throws(AWSError) -> Endpoint {
        guard query.region != nil else { throw EndpointRules.invalid("S3 needs a region; set AWS_REGION") }
        let asked = try EndpointRules.region(of: query)
        let partition = AWSPartition(region: asked)
        let region = partition.isGlobal(asked) ? partition.globalRegion : asked
        if query.variant.usesFIPS, partition.id == "aws-cn" { throw EndpointRules.invalid("China has no FIPS hosts") }
        if query.usesAcceleration, query.variant.usesFIPS || query.override != nil || partition.id != "aws" {
            throw EndpointRules.invalid("accelerated transfer excludes FIPS, configured addresses and other partitions")
        }
        if query.usesAcceleration, let bucket = query.bucket,
            query.usesPathStyle || !isHostable(bucket, allowsDots: false)
        {
            throw EndpointRules.invalid("accelerated transfer needs a bucket whose name can stand in a host name")
        }
        var endpoint: Endpoint
        if query.override != nil {
            endpoint = try EndpointRules.overridden(query)
            endpoint.signingRegion = region
        } else {
            endpoint = Endpoint(host: host(query, asked, region, partition), signingRegion: region, signingName: "s3")
        }
        if let bucket = query.bucket { place(bucket, in: &endpoint, query) }
        return endpoint
    }

    private static func host(
        _ query: EndpointQuery,
        _ asked: String,
        _ region: String,
        _ partition: AWSPartition
    ) -> String {
        let variant = query.variant
        if query.usesAcceleration, query.bucket != nil {
            let global = partition.isGlobal(asked) && variant.usesDualStack ? "\(region)." : ""
            return "s3-accelerate.\(variant.usesDualStack ? "dualstack." : "")\(global)\(partition.dnsSuffix)"
        }
        let isGlobal = partition.isGlobal(asked) || query.usesGlobalEndpoint && region == "us-east-1"
        if isGlobal, variant == EndpointVariant() { return "s3.\(partition.dnsSuffix)" }
        let name = variant.usesFIPS ? "s3-fips" : "s3"
        return "\(name).\(variant.usesDualStack ? "dualstack." : "")\(region).\(partition.dnsSuffix)"
    }

    private static func place(_ bucket: String, in endpoint: inout Endpoint, _ query: EndpointQuery) {
        endpoint.holdsBucket = true
        // A wildcard certificate covers one label, so a name with dots only goes into the host without TLS.
        let allowsDots = endpoint.scheme == "http"
        if query.usesPathStyle || !isHostable(bucket, allowsDots: allowsDots) || isAddress(endpoint.host) {
            endpoint.path += "/" + PercentEncoding.encode(bucket)
        } else {
            endpoint.host = "\(bucket).\(endpoint.host)"
        }
    }

    /// Whether a bucket's name may be a host's: lower case, 3 to 63 characters, no address.
    static func isHostable(_ bucket: String, allowsDots: Bool) -> Bool {
        guard (3...63).contains(bucket.utf8.count), !isAddress(bucket) else { return false }
        let labels = bucket.split(separator: ".", omittingEmptySubsequences: false)
        guard allowsDots || labels.count == 1 else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        }
    }

    private static func isAddress(_ host: String) -> Bool {
        if host.hasPrefix("[") { return true }
        let name = host.prefix { $0 != ":" }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        // A test double on this machine answers to no host but its own.
        return name == "localhost" || parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
