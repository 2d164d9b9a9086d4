public import AWSClient
public import AutoTagger
public import Doctor
internal import JSON

/// Looks at trails through CloudTrail. Trails of other regions answer to their ARN wherever they are asked for.
public struct CloudTrailReader: TrailReader {
    private let aws: AWSQuestion

    /// A reader over a client.
    public init(client: AWSClient) { aws = AWSQuestion(client: client) }

    /// See ``TrailReader/trails(in:)``.
    public func trails(in region: String) async throws(Failure) -> [TrailFacts] {
        let reply = try await aws.ask(AWSOperation(Services.cloudTrail, "DescribeTrails"), in: region)
        return reply.elements("trailList").map { trail in
            TrailFacts(
                name: trail["Name"]?.string ?? "", arn: trail["TrailARN"]?.string ?? "",
                homeRegion: trail["HomeRegion"]?.string ?? "",
                isMultiRegion: trail["IsMultiRegionTrail"]?.flag ?? false,
                includesGlobalServices: trail["IncludeGlobalServiceEvents"]?.flag ?? false)
        }
    }

    /// See ``TrailReader/isLogging(_:in:)``.
    public func isLogging(_ trail: TrailFacts, in region: String) async throws(Failure) -> Bool {
        let reply = try await aws.ask(
            AWSOperation(Services.cloudTrail, "GetTrailStatus"), ["Name": .string(trail.arn)], in: region)
        return reply["IsLogging"]?.flag ?? false
    }

    /// See ``TrailReader/selectors(of:in:)``.
    public func selectors(of trail: TrailFacts, in region: String) async throws(Failure) -> TrailSelectors {
        TrailSelectors(
            try await aws.ask(
                AWSOperation(Services.cloudTrail, "GetEventSelectors"), ["TrailName": .string(trail.arn)], in: region))
    }
}
