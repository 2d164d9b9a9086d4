public import AutoTagger

/// The port that looks at CloudTrail.
public protocol TrailReader: Sendable {
    /// The trails that can be seen from a region, those of other regions and of the organisation among them.
    func trails(in region: String) async throws(Failure) -> [TrailFacts]

    /// Whether a trail is switched on.
    func isLogging(_ trail: TrailFacts, in region: String) async throws(Failure) -> Bool

    /// Which events a trail takes.
    func selectors(of trail: TrailFacts, in region: String) async throws(Failure) -> TrailSelectors
}

/// A trail as `DescribeTrails` tells of it.
public struct TrailFacts: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its ARN.
    public var arn: String
    /// Where it was made.
    public var homeRegion: String
    /// Whether it logs in all regions.
    public var isMultiRegion: Bool
    /// Whether it logs the events of global services such as IAM.
    public var includesGlobalServices: Bool

    /// A trail with its facts.
    public init(
        name: String, arn: String, homeRegion: String, isMultiRegion: Bool, includesGlobalServices: Bool
    ) {
        self.name = name
        self.arn = arn
        self.homeRegion = homeRegion
        self.isMultiRegion = isMultiRegion
        self.includesGlobalServices = includesGlobalServices
    }
}
