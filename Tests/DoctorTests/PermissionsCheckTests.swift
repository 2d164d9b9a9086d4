import AutoTagger
import Testing

@testable import Doctor

/// Whose permissions are looked at, and that nobody else's are where that cannot be told.
@Suite struct PermissionsCheckTests {
    private static func examine(
        _ names: Site.Names, hidden: String = ""
    ) async -> (line: CheckLine?, questions: [String: Set<String>]) {
        let simulator = Simulator()
        let site = Pieces(hidden: hidden).site(names, simulator: simulator)
        let roster = HandlerRoster(enabled: [], total: 0, route: TaggingRoute())
        let check = PermissionsCheck(
            simulator: simulator, ledger: NoLedger(), roster: Asked { roster }, tagKeys: [], accounts: .own,
            accountRole: nil)
        return (await OnSite(inner: check, site: site).lines().first, simulator.questions)
    }

    @Test func aFunctionsRoleTagsWhereThereIsOneAndElseWhoeverAsks() async {
        let reading = Set(PermissionsCheck.queueActions)
        let function = await Self.examine(Site.Names(function: "autotagger"))
        #expect(function.line?.status == .ok)
        #expect(function.questions == [Pieces.role: reading])
        let daemon = await Self.examine(Site.Names(queueURLs: ["https://queue"]))
        #expect(daemon.line?.status == .ok)
        #expect(
            daemon.questions
                == ["arn:aws:iam::111122223333:role/autotagger": reading.union(PermissionsCheck.daemonActions)])
    }

    @Test(arguments: ["function", "queue"])
    func nobodyIsGuessedWhereAPieceMayNotBeLookedAt(hidden: String) async {
        let found = await Self.examine(Site.Names(function: "autotagger"), hidden: hidden)
        #expect(found.line == .leftOut(for: hidden))
        #expect(found.questions.isEmpty)
    }
}
