internal import AutoTagger

/// Whether a trail logs the calls that make things, in this region.
///
/// EventBridge is handed an API call only where a trail logs it: "Events from AWS services delivered via CloudTrail" in
/// the EventBridge user guide. What CloudTrail's console shows without a trail never comes.
struct TrailCheck: SiteCheck {
    let trails: any TrailReader
    let roster: Asked<HandlerRoster>
    let globalRegion: @Sendable (_ region: String) -> String

    var name: String { "trail" }

    func lines(at site: Site) async throws(Failure) -> [CheckLine] {
        let region = site.region
        let all = try await trails.trails(in: region)
        let here = all.filter { $0.isMultiRegion || $0.homeRegion == region }
        guard !here.isEmpty else { return [Self.none(all, site)] }
        var logging: [TrailFacts] = []
        for trail in here where try await trails.isLogging(trail, in: region) { logging.append(trail) }
        guard !logging.isEmpty else {
            return [
                .broken(
                    .configuration, "\(Wording.some(here.map(\.name))) is switched off",
                    why: "EventBridge is handed API calls only where a trail logs them",
                    advice: "aws cloudtrail start-logging --name \(here[0].arn) --region \(here[0].homeRegion)")
            ]
        }
        var taking: [(trail: TrailFacts, selectors: TrailSelectors)] = []
        for trail in logging {
            let selectors = try await trails.selectors(of: trail, in: region)
            if selectors.takeWrites { taking.append((trail, selectors)) }
        }
        guard let first = taking.first else {
            return [
                .broken(
                    .configuration, "\(Wording.some(logging.map(\.name))) logs no management events that write",
                    why: "what makes a resource is a writing management event",
                    advice: "aws cloudtrail put-event-selectors --trail-name \(logging[0].arn) --event-selectors"
                        + " '[{\"ReadWriteType\":\"All\",\"IncludeManagementEvents\":true}]'")
            ]
        }
        return [await line(taking, first.trail, region)]
    }

    /// What handlers wait for and no trail takes.
    private func line(
        _ taking: [(trail: TrailFacts, selectors: TrailSelectors)], _ first: TrailFacts, _ region: String
    ) async -> CheckLine {
        let sources = Set(await roster().triggers.map(\.eventSource)).sorted()
        let missing = sources.filter { source in !taking.contains { $0.selectors.takeWrites(of: source) } }
        if !missing.isEmpty {
            return .warning(
                "\(first.name) leaves out the events of \(Wording.some(missing))",
                why: "its event selectors say so, and handlers wait for them",
                advice:
                    "aws cloudtrail get-event-selectors --trail-name \(first.arn) shows them; or switch the handlers off"
            )
        }
        let global = sources.filter(GlobalServices.contains)
        let home = globalRegion(region)
        guard !global.isEmpty else { return .ok("\(first.name) logs what handlers wait for") }
        if region != home {
            return .ok(
                "\(first.name) logs what handlers wait for",
                why: "the events of \(Wording.some(global)) come in \(home) only: there they take a rule, too")
        }
        guard taking.contains(where: { $0.trail.includesGlobalServices }) else {
            return .warning(
                "\(first.name) leaves out global services: \(Wording.some(global))",
                why: "IncludeGlobalServiceEvents is off, and handlers wait for them",
                advice: "aws cloudtrail update-trail --name \(first.arn) --include-global-service-events")
        }
        return .ok("\(first.name) logs what handlers wait for, global services among it")
    }

    private static func none(_ all: [TrailFacts], _ site: Site) -> CheckLine {
        let others = all.map { "\($0.name) (\($0.homeRegion))" }
        let what = "no trail logs in \(site.region)" + (others.isEmpty ? "" : "; there is \(Wording.some(others))")
        guard site.names.bus == "default" else {
            return .warning(
                what, why: "where the bus \(site.names.bus) gets its events from other accounts, their trails count",
                advice: "run autotagger doctor there, too")
        }
        let advice =
            others.isEmpty
            ? "aws cloudtrail create-trail --name management --s3-bucket-name … --is-multi-region-trail, then"
                + " aws cloudtrail start-logging --name management"
            : "aws cloudtrail update-trail --name \(all[0].arn) --is-multi-region-trail --region \(all[0].homeRegion)"
        return .broken(
            .configuration, what, why: "EventBridge is handed API calls only where a trail logs them", advice: advice)
    }
}

/// The services whose events come in one region of their cloud, wherever the call was made.
///
/// "Global service events" in the CloudTrail user guide.
enum GlobalServices {
    private static let sources: Set<String> = [
        "iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com", "route53.amazonaws.com",
        "organizations.amazonaws.com", "globalaccelerator.amazonaws.com", "waf.amazonaws.com", "shield.amazonaws.com",
    ]

    static func contains(_ eventSource: String) -> Bool { sources.contains(eventSource) }
}
