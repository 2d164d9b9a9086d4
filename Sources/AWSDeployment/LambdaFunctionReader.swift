public import AWSClient
public import AutoTagger
public import Doctor
internal import JSON

/// Looks at functions through Lambda.
public struct LambdaFunctionReader: FunctionReader {
    private let aws: AWSQuestion

    /// A reader over a client.
    public init(client: AWSClient) { aws = AWSQuestion(client: client) }

    /// See ``FunctionReader/function(_:in:)``.
    public func function(_ name: String, in region: String) async throws(Failure) -> FunctionFacts? {
        let operation = AWSOperation(
            Services.lambda, "GetFunctionConfiguration", method: "GET",
            uri: "/2015-03-31/functions/{FunctionName}/configuration",
            placements: ["FunctionName": .label("FunctionName")])
        let reply = try await aws.find(operation, ["FunctionName": .string(name)], in: region)
        return reply.map { reply in
            FunctionFacts(
                name: reply["FunctionName"]?.string ?? name, arn: reply["FunctionArn"]?.string ?? "",
                role: reply["Role"]?.string ?? "", state: reply["State"]?.string ?? "",
                timeout: reply["Timeout"]?.integer.map { Int($0) } ?? 3,
                environment: (reply["Environment"]?["Variables"]?.object ?? [:]).compactMapValues(\.string))
        }
    }

    /// See ``FunctionReader/mappings(ofFunction:in:)``.
    public func mappings(ofFunction name: String, in region: String) async throws(Failure) -> [MappingFacts] {
        let operation = AWSOperation(
            Services.lambda, "ListEventSourceMappings", method: "GET", uri: "/2015-03-31/event-source-mappings",
            placements: ["FunctionName": .query("FunctionName"), "Marker": .query("Marker")])
        return try await aws.list(
            operation, ["FunctionName": .string(name)], "EventSourceMappings", token: ("NextMarker", "Marker"),
            in: region
        ).map { mapping in
            MappingFacts(
                id: mapping["UUID"]?.string ?? "", source: mapping["EventSourceArn"]?.string ?? "",
                state: mapping["State"]?.string ?? "", lastResult: mapping["LastProcessingResult"]?.string,
                reportsItemFailures: mapping.elements("FunctionResponseTypes").contains("ReportBatchItemFailures"))
        }
    }

    /// See ``FunctionReader/policy(ofFunction:in:)``.
    public func policy(ofFunction name: String, in region: String) async throws(Failure) -> String? {
        let operation = AWSOperation(
            Services.lambda, "GetPolicy", method: "GET", uri: "/2015-03-31/functions/{FunctionName}/policy",
            placements: ["FunctionName": .label("FunctionName")])
        return try await aws.find(operation, ["FunctionName": .string(name)], in: region)?["Policy"]?.string
    }
}
