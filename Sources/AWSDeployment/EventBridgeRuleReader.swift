public import AWSClient
public import AutoTagger
public import Doctor
internal import JSON

/// Looks at rules through EventBridge.
public struct EventBridgeRuleReader: RuleReader {
    private let aws: AWSQuestion

    /// A reader over a client.
    public init(client: AWSClient) { aws = AWSQuestion(client: client) }

    /// See ``RuleReader/rules(onBus:prefix:in:)``.
    public func rules(onBus bus: String, prefix: String?, in region: String) async throws(Failure) -> [RuleFacts] {
        var input: [String: JSONValue] = ["EventBusName": .string(bus)]
        input["NamePrefix"] = prefix.map { .string($0) }
        return try await aws.list(AWSOperation(Services.events, "ListRules"), input, "Rules", in: region).map { rule in
            RuleFacts(
                name: rule["Name"]?.string ?? "", arn: rule["Arn"]?.string ?? "", state: rule["State"]?.string ?? "",
                pattern: rule["EventPattern"]?.string)
        }
    }

    /// See ``RuleReader/names(ofRulesTargeting:onBus:in:)``.
    public func names(
        ofRulesTargeting arn: String, onBus bus: String, in region: String
    ) async throws(Failure) -> [String] {
        try await aws.list(
            AWSOperation(Services.events, "ListRuleNamesByTarget"),
            ["TargetArn": .string(arn), "EventBusName": .string(bus)], "RuleNames", in: region
        ).compactMap(\.string)
    }

    /// See ``RuleReader/targets(ofRule:onBus:in:)``.
    public func targets(
        ofRule rule: String, onBus bus: String, in region: String
    ) async throws(Failure) -> [RuleTarget] {
        try await aws.list(
            AWSOperation(Services.events, "ListTargetsByRule"),
            ["Rule": .string(rule), "EventBusName": .string(bus)], "Targets", in: region
        ).map { target in
            RuleTarget(
                arn: target["Arn"]?.string ?? "",
                replacesEvent: ["Input", "InputPath", "InputTransformer"].contains { !(target[$0]?.isBlank ?? true) })
        }
    }
}
