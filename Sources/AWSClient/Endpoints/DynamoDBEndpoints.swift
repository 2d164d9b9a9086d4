/// DynamoDB's hosts, of which every account has its own in the commercial partition.
enum DynamoDBEndpoints {
    static func endpoint(_ query: EndpointQuery) throws(AWSError) -> Endpoint {
        if let override = query.override { return try overridden(query, override.address) }
        let region = try EndpointRules.region(of: query)
        if region == "local" {
            if query.variant.usesFIPS { throw EndpointRules.invalid("DynamoDB local has no FIPS host") }
            if query.variant.usesDualStack { throw EndpointRules.invalid("DynamoDB local has no dual-stack host") }
            return try Endpoint(
                override: "http://localhost:8000",
                setting: "the region local",
                signingRegion: "us-east-1",
                signingName: "dynamodb"
            )
        }
        var search = query
        if query.isSearch { search.service.endpointPrefix = "search-dynamodb" }
        let regular = EndpointRules.regular(search, region)
        guard let account = try account(query, region) else { return regular }
        let partition = AWSPartition(region: region)
        let suffix = query.variant.usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        var endpoint = regular
        endpoint.host = "\(account).\(query.isSearch ? "search-ddb" : "ddb").\(region).\(suffix)"
        return endpoint
    }

    /// The dual-stack hosts may only be named by their setting: an address would miss the account's own host.
    private static func overridden(_ query: EndpointQuery, _ address: String) throws(AWSError) -> Endpoint {
        let endpoint = try EndpointRules.overridden(query)
        let region = query.region ?? ""
        if endpoint.host == "dynamodb.\(region).\(AWSPartition(region: region).dualStackSuffix)" {
            throw EndpointRules.invalid("\(endpoint.host) is a dual-stack host; use use_dualstack_endpoint instead")
        }
        return endpoint
    }

    private static func account(_ query: EndpointQuery, _ region: String) throws(AWSError) -> String? {
        guard let mode = query.accountMode, mode != .disabled else { return nil }
        let isRequired = mode == .required
        guard AWSPartition(region: region).id == "aws" else {
            if isRequired { throw EndpointRules.invalid("this partition has no account endpoints") }
            return nil
        }
        guard !query.variant.usesFIPS else {
            if isRequired { throw EndpointRules.invalid("FIPS and account endpoints exclude each other") }
            return nil
        }
        if let account = query.resourceARNs.lazy.compactMap({ Self.account(ofTable: $0, region) }).first {
            return account
        }
        if let account = query.accountID {
            guard EndpointRules.isHostLabel(account) else {
                throw EndpointRules.invalid("the credentials' account id is not one")
            }
            return account
        }
        if isRequired { throw EndpointRules.invalid("the account endpoint is required but no account is known") }
        return nil
    }

    private static func account(ofTable arn: String, _ region: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb", parts[3] == region else { return nil }
        return EndpointRules.isHostLabel(String(parts[4])) ? String(parts[4]) : nil
    }
}
