import AutoTagger
import Composition
import Configuration
import JSON

/// What is derived from the handlers that the settings switch on.
extension LoadedSettings {
    /// The events that they wait for.
    func eventPattern() throws -> EventPattern {
        EventPattern(triggers: Set(try enabledHandlers().flatMap(\.triggers)).sorted())
    }

    /// The permissions that they need.
    func iamPolicy() throws -> IAMPolicy {
        let keys = settings.dispatcher.policy.rules.map(\.key)
        return IAMPolicy(
            handlers: try enabledHandlers(), tagKeys: Set(keys).sorted(), route: settings.taggingRoute)
    }

    /// The permissions that they need, in no more policies than a role takes, with a warning where it takes leave to attach
    /// them all.
    ///
    /// A role has 10 managed policies, or up to 20 once the quota is raised ("IAM and AWS STS quotas" in the IAM user guide).
    ///
    /// - Throws: ``CommandFailure`` with exit code 78 where even that is not enough.
    func rolePolicies(warn: (String) -> Void) throws -> [JSONValue] {
        let policies = try iamPolicy().documents
        if policies.count > 20 {
            throw CommandFailure(
                code: "tooManyPolicies",
                message: "the handlers need \(policies.count) policies and a role takes 20 at most: "
                    + "switch some off with handlers.disable",
                exitCode: .configuration)
        }
        if policies.count > 10 {
            warn(
                "autotagger: the handlers need \(policies.count) policies: have the quota 'Managed policies attached to an "
                    + "IAM role' raised from 10, or switch some off with handlers.disable\n")
        }
        return policies
    }

    private func enabledHandlers() throws -> [any ResourceHandler] {
        let gate = Gate(settings.dispatcher.gate)
        return try assembly.registry().all().map(\.handler).filter(gate.isEnabled)
    }
}
