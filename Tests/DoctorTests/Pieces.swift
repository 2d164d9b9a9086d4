import AutoTagger
import AutoTaggerTesting
import Foundation
import JSON
import Locking

@testable import Doctor

/// The pieces of a deployment, of which one may not be looked at.
struct Pieces: QueueReader, FunctionReader, RuleReader, TrailReader, ServerClock {
    static let account = "111122223333"
    static let role = "arn:aws:iam::111122223333:role/autotagger-function"
    private static let queueARN = "arn:aws:sqs:eu-central-1:111122223333:autotagger"
    private static let refused = Failure(
        code: "AccessDeniedException", message: "not for you", isTransient: false, kind: .permission)

    /// What may not be looked at.
    var hidden = ""
    /// The only trail; it takes all management events.
    var trail: TrailFacts?
    let offset: Double? = 0

    /// The place that checks look at.
    func site(
        _ names: Site.Names, region: String = "eu-central-1", simulator: any PermissionSimulator = Simulator()
    ) -> Site {
        Site(
            names, region: region,
            with: Doctor.Instruments(
                caller: FixedCaller(accountID: Self.account), clock: self, ledger: NoLedger(), queues: self,
                rules: self, functions: self, trails: self, permissions: simulator,
                now: { Date(timeIntervalSince1970: 0) }))
    }

    func queue(at url: String, in region: String) async throws(Failure) -> QueueFacts? {
        if hidden == "queue" { throw Self.refused }
        return QueueFacts(url: url, arn: Self.queueARN)
    }

    func url(of queueARN: ARNParts) async throws(Failure) -> String? { "https://queue" }

    func ageOfOldestMessage(in queue: QueueFacts, now: Date) async throws(Failure) -> Double? { nil }

    func function(_ name: String, in region: String) async throws(Failure) -> FunctionFacts? {
        if hidden == "function" { throw Self.refused }
        return FunctionFacts(
            name: name, arn: "arn:aws:lambda:eu-central-1:111122223333:function:autotagger", role: Self.role,
            state: "Active", timeout: 60, environment: [:])
    }

    func mappings(ofFunction name: String, in region: String) async throws(Failure) -> [MappingFacts] {
        [MappingFacts(id: "m", source: Self.queueARN, state: "Enabled", lastResult: nil, reportsItemFailures: true)]
    }

    func policy(ofFunction name: String, in region: String) async throws(Failure) -> String? { nil }

    func rules(onBus bus: String, prefix: String?, in region: String) async throws(Failure) -> [RuleFacts] { [] }

    func names(
        ofRulesTargeting arn: String, onBus bus: String, in region: String
    ) async throws(Failure) -> [String] { [] }

    func targets(ofRule rule: String, onBus bus: String, in region: String) async throws(Failure) -> [RuleTarget] {
        []
    }

    func trails(in region: String) async throws(Failure) -> [TrailFacts] { [trail].compactMap(\.self) }

    func isLogging(_ trail: TrailFacts, in region: String) async throws(Failure) -> Bool { true }

    func selectors(of trail: TrailFacts, in region: String) async throws(Failure) -> TrailSelectors {
        TrailSelectors(["EventSelectors": [["ReadWriteType": "All", "IncludeManagementEvents": true]]])
    }
}

/// A ledger that takes no permissions.
struct NoLedger: LedgerProbe {
    var place: String { "nowhere" }

    func condition() async -> LedgerCondition { LedgerCondition(exists: false) }

    func history() async throws(LedgerError) -> (any LedgerHistory)? { nil }
}

/// Allows all, and remembers about whom and what it was asked.
final class Simulator: PermissionSimulator {
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
