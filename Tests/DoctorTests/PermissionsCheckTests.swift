import AutoTagger
import AutoTaggerTesting
import Foundation
import JSON
import Locking
import Testing

@testable import Doctor

/// Whose permissions are looked at, and that nobody else's are where that cannot be told.
@Suite struct PermissionsCheckTests {
    private static let account = "111122223333"
    private static let queueARN = "arn:aws:sqs:eu-central-1:111122223333:autotagger"
    private static let role = "arn:aws:iam::111122223333:role/autotagger-function"
    private static let refused = Failure(
        code: "AccessDeniedException", message: "not for you", isTransient: false, kind: .permission)

    /// A deployment of which one piece may not be looked at.
    private struct Pieces: QueueReader, FunctionReader, RuleReader, TrailReader, ServerClock {
        var hidden = ""
        let offset: Double? = 0

        func queue(at url: String, in region: String) async throws(Failure) -> QueueFacts? {
            if hidden == "queue" { throw refused }
            return QueueFacts(url: url, arn: queueARN)
        }

        func url(of queueARN: ARNParts) async throws(Failure) -> String? { "https://queue" }

        func ageOfOldestMessage(in queue: QueueFacts, now: Date) async throws(Failure) -> Double? { nil }

        func function(_ name: String, in region: String) async throws(Failure) -> FunctionFacts? {
            if hidden == "function" { throw refused }
            return FunctionFacts(
                name: name, arn: "arn:aws:lambda:eu-central-1:111122223333:function:autotagger", role: role,
                state: "Active", timeout: 60, environment: [:])
        }

        func mappings(ofFunction name: String, in region: String) async throws(Failure) -> [MappingFacts] {
            [MappingFacts(id: "m", source: queueARN, state: "Enabled", lastResult: nil, reportsItemFailures: true)]
        }

        func policy(ofFunction name: String, in region: String) async throws(Failure) -> String? { nil }

        func rules(onBus bus: String, prefix: String?, in region: String) async throws(Failure) -> [RuleFacts] { [] }

        func names(
            ofRulesTargeting arn: String, onBus bus: String, in region: String
        ) async throws(Failure) -> [String] { [] }

        func targets(ofRule rule: String, onBus bus: String, in region: String) async throws(Failure) -> [RuleTarget] {
            []
        }

        func trails(in region: String) async throws(Failure) -> [TrailFacts] { [] }

        func isLogging(_ trail: TrailFacts, in region: String) async throws(Failure) -> Bool { true }

        func selectors(of trail: TrailFacts, in region: String) async throws(Failure) -> TrailSelectors {
            TrailSelectors([:])
        }
    }

    /// Allows all, and remembers about whom and what it was asked.
    private final class Simulator: PermissionSimulator {
        private let asked = Locked<[String: Set<String>]>([:])

        /// The actions that were asked about, by whose they are.
        var questions: [String: Set<String>] { asked.withLock { $0 } }

        func simulate(
            _ actions: [String], by principal: String, on resources: [String], tagKeys: [String]
        ) async throws(Failure) -> [SimulatedAction] {
            asked.withLock { $0[principal, default: []].formUnion(actions) }
            return actions.map { SimulatedAction(action: $0, isAllowed: true, reason: "") }
        }

        func roleARN(named name: String) async throws(Failure) -> String? { nil }
    }

    /// A ledger that takes no permissions.
    private struct NoLedger: LedgerProbe {
        var place: String { "nowhere" }

        func condition() async -> LedgerCondition { LedgerCondition(exists: false) }

        func history() async throws(LedgerError) -> (any LedgerHistory)? { nil }
    }

    private static func examine(
        _ names: Site.Names, hidden: String = ""
    ) async -> (line: CheckLine?, questions: [String: Set<String>]) {
        let (pieces, simulator) = (Pieces(hidden: hidden), Simulator())
        let tools = Doctor.Instruments(
            caller: FixedCaller(accountID: account), clock: pieces, ledger: NoLedger(), queues: pieces, rules: pieces,
            functions: pieces, trails: pieces, permissions: simulator, now: { Date(timeIntervalSince1970: 0) })
        let site = Site(names, region: "eu-central-1", with: tools)
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
        #expect(function.questions == [Self.role: reading])
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
