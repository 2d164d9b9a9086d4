public import AWSClient
public import AutoTagger
public import Doctor
internal import JSON

/// Asks IAM's policy simulator what a user or a role may do.
public struct IAMPermissionSimulator: PermissionSimulator {
    /// Some 700 actions in one request would do, but IAM may answer a page at a time all the same.
    private static let actionsPerCall = 400

    private let aws: AWSQuestion
    private let region: String

    /// A simulator over a client; IAM is one for its whole cloud, which the region tells.
    public init(client: AWSClient, region: String) {
        aws = AWSQuestion(client: client)
        self.region = region
    }

    /// See ``PermissionSimulator/simulate(_:by:on:tagKeys:)``.
    public func simulate(
        _ actions: [String], by principal: String, on resources: [String], tagKeys: [String]
    ) async throws(Failure) -> [SimulatedAction] {
        var answers: [SimulatedAction] = []
        for start in stride(from: 0, to: actions.count, by: Self.actionsPerCall) {
            let some = actions[start..<min(start + Self.actionsPerCall, actions.count)]
            var input: [String: JSONValue] = [
                "PolicySourceArn": .string(principal), "ActionNames": .array(some.map { .string($0) }),
                "MaxItems": 1000,
            ]
            if !resources.isEmpty { input["ResourceArns"] = .array(resources.map { .string($0) }) }
            if !tagKeys.isEmpty {
                input["ContextEntries"] = [
                    [
                        "ContextKeyName": "aws:TagKeys", "ContextKeyType": "stringList",
                        "ContextKeyValues": .array(tagKeys.map { .string($0) }),
                    ]
                ]
            }
            answers += try await pages(input)
        }
        return answers
    }

    private func pages(_ input: [String: JSONValue]) async throws(Failure) -> [SimulatedAction] {
        try await aws.list(
            AWSOperation(Services.iam, "SimulatePrincipalPolicy"), input, "EvaluationResults",
            token: ("Marker", "Marker"), in: region
        ).map(Self.answer)
    }

    private static func answer(_ result: JSONValue) -> SimulatedAction {
        let decision = result["EvalDecision"]?.string ?? ""
        let reason =
            if result["OrganizationsDecisionDetail"]?["AllowedByOrganizations"]?.flag == false {
                "a policy of the organisation forbids it"
            } else if result["PermissionsBoundaryDecisionDetail"]?["AllowedByPermissionsBoundary"]?.flag == false {
                "the permissions boundary does not allow it"
            } else {
                decision == "explicitDeny" ? "a statement denies it" : "no policy allows it"
            }
        return SimulatedAction(
            action: result["EvalActionName"]?.string ?? "", isAllowed: decision == "allowed", reason: reason,
            openConditions: result.elements("MissingContextValues").compactMap(\.string))
    }

    /// See ``PermissionSimulator/roleARN(named:)``.
    public func roleARN(named name: String) async throws(Failure) -> String? {
        try await aws.find(AWSOperation(Services.iam, "GetRole"), ["RoleName": .string(name)], in: region)?["Role"]?[
            "Arn"]?.string
    }
}
