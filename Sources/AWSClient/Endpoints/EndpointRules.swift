/// AWS's own addresses, as rules: one for all services, and what single services do otherwise.
struct EndpointRules {
    /// Which of a service's addresses is wanted.
    struct Variant: Sendable, Hashable {
        /// The one whose cryptography is validated by FIPS 140.
        var usesFIPS = false
        /// The one that answers over IPv4 and IPv6.
        var usesDualStack = false
    }

    /// The address of `service` in `region`.
    ///
    /// - Throws: ``AWSError`` of kind `configuration` when the region is no host label: it comes from events too.
    static func endpoint(
        _ service: AWSService,
        region: String,
        variant: Variant = Variant()
    ) throws(AWSError) -> Endpoint {
        guard isHostLabel(region) else {
            throw AWSError(
                code: "invalidRegion",
                message: "\"\(region.prefix(64))\" is not the name of a region; write one like eu-central-1",
                kind: .configuration
            )
        }
        let partition = AWSPartition(region: region)
        let prefix = service.endpointPrefix + (variant.usesFIPS ? "-fips" : "")
        let suffix = variant.usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        return Endpoint(
            host: "\(prefix).\(region).\(suffix)",
            signingRegion: region,
            signingName: service.signingName
        )
    }

    static func isHostLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63 && !text.hasPrefix("-")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}
