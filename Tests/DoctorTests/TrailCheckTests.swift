import AutoTagger
import CloudTrail
import Testing

@testable import Doctor

/// Where the events of global services are looked for.
@Suite struct TrailCheckTests {
    /// Waits for an event of IAM.
    private struct RoleHandler: ResourceHandler {
        let resource = ResourceType("iam", "role")
        let triggers = [Trigger("iam.amazonaws.com", "CreateRole")]
        let tagging = TaggingOperation.ec2

        func find(in event: CloudTrailEvent) -> Finding { Finding(resources: []) }
    }

    @Test(
        arguments: [
            ("us-isob-east-1", true, CheckLine.Status.ok, "global services among it", nil),
            ("us-isob-east-1", false, .warning, "leaves out global services", "handlers wait"),
            ("us-isob-west-1", true, .ok, "what handlers wait for", "come in us-isob-east-1 only"),
            ("us-isob-west-1", false, .ok, "what handlers wait for", "come in us-isob-east-1 only"),
        ] as [(String, Bool, CheckLine.Status, String, String?)])
    func globalServicesAreLookedForAtHome(
        region: String, takesGlobal: Bool, status: CheckLine.Status, what: String, why: String?
    ) async throws {
        let roster = HandlerRoster(enabled: [RoleHandler()], total: 1, route: TaggingRoute())
        let pieces = Pieces(
            trail: TrailFacts(
                name: "management", arn: "arn", homeRegion: region, isMultiRegion: true,
                includesGlobalServices: takesGlobal))
        let check = TrailCheck(
            trails: pieces, roster: Asked { roster },
            globalRegion: { $0.hasPrefix("us-isob-") ? "us-isob-east-1" : "us-east-1" })
        let line = try #require(try await check.lines(at: pieces.site(Site.Names(), region: region)).first)
        #expect(line.status == status)
        #expect(line.what.contains(what), "\(line)")
        #expect(why.map { line.why?.contains($0) == true } ?? (line.why == nil), "\(line)")
    }
}
