internal import AutoTagger
internal import CloudTrail

/// Whether the region is one, and whether its events are let through.
public struct RegionCheck: Check {
    /// The region and who named it.
    public struct Reading: Sendable {
        /// The region that AWS is called in.
        public var region: String
        /// Who said so, such as `AWS_REGION`; `nil` where nobody did.
        public var source: String?

        /// A reading of those parts.
        public init(region: String, source: String?) {
            self.region = region
            self.source = source
        }
    }

    let reading: Reading
    let allowed: [Glob]
    let site: Site

    /// `region`.
    public var name: String { "region" }

    /// One line.
    public func lines() async -> [CheckLine] {
        let region = site.region
        guard Partition.isRegion(region) else {
            return [
                .broken(
                    .configuration, "'\(region)' is not a region's name",
                    why: "\(reading.source ?? "the default") says so",
                    advice: "set --region, AUTOTAGGER_REGION or AWS_REGION, such as eu-central-1")
            ]
        }
        if !allowed.isEmpty, !allowed.contains(where: { $0.matches(region) }) {
            let list = allowed.map(\.description).joined(separator: ", ")
            return [
                .broken(
                    .configuration, "events of \(region) are skipped: 'regions' in the settings has \(list)",
                    why: "the gate leaves them alone as regionNotAllowed", advice: "add \(region) to 'regions'")
            ]
        }
        // By its URL the queue is elsewhere than the settings say.
        guard region == reading.region else {
            return [.ok("\(region), where the queue is", why: "rule and trail are looked for there")]
        }
        guard let source = reading.source else {
            return [
                .warning(
                    "nobody named one, so \(region) is looked at",
                    why: "rules, queues and trails are looked for in this region only",
                    advice: "set --region, AUTOTAGGER_REGION or AWS_REGION")
            ]
        }
        return [.ok("\(region), from \(source)")]
    }
}
