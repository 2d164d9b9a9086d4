public import AutoTagger

/// The port that asks IAM what somebody may do, without doing it.
public protocol PermissionSimulator: Sendable {
    /// What IAM would answer to each action.
    ///
    /// - Parameters:
    ///   - principal: the ARN of a user or a role.
    ///   - resources: on what; empty for any.
    ///   - tagKeys: the keys of the tags in the requests, for conditions on `aws:TagKeys`.
    func simulate(
        _ actions: [String], by principal: String, on resources: [String], tagKeys: [String]
    ) async throws(Failure) -> [SimulatedAction]

    /// The ARN of a role by its name: a session's ARN leaves out the role's path. `nil` when there is none.
    func roleARN(named name: String) async throws(Failure) -> String?
}

/// What IAM would answer to an action.
public struct SimulatedAction: Sendable, Hashable {
    /// The action.
    public var action: String
    /// Whether it would be allowed.
    public var isAllowed: Bool
    /// What forbids it: nothing that allows it, a statement, the boundary, or the organisation.
    public var reason: String
    /// The condition keys that the policies ask about and the simulation could not fill in.
    public var openConditions: [String]

    /// An answer of those parts.
    public init(action: String, isAllowed: Bool, reason: String, openConditions: [String] = []) {
        self.action = action
        self.isAllowed = isAllowed
        self.reason = reason
        self.openConditions = openConditions
    }
}
