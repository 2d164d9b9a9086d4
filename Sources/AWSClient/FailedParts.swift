internal import JSON

extension AWSReply {
    /// What a reply with status 200 still says did not work, by the part's name.
    ///
    /// Batch operations succeed as a whole and fail in parts: Resource Groups Tagging lists ARNs in
    /// `FailedResourcesMap`, SQS ids in `Failed`, ECS and others ARNs in `failures`. Whoever ignores these reports tags
    /// that nobody wrote.
    public var failedParts: [String: AWSError] {
        var failed: [String: AWSError] = [:]
        for (name, part) in output["FailedResourcesMap"]?.object ?? [:] { failed[name] = failure(part) }
        for list in ["Failed", "Failures", "failures"] {
            for part in output[list]?.array ?? [] {
                let name = ["Id", "ResourceArn", "resourceArn", "arn", "Arn"].lazy.compactMap { part[$0]?.string }.first
                failed[name ?? "part \(failed.count + 1)"] = failure(part)
            }
        }
        return failed
    }

    private func failure(_ part: JSONValue) -> AWSError {
        let code = ["ErrorCode", "Code", "reason", "errorCode"].lazy.compactMap { part[$0]?.scalarText }.first
        let message = ["ErrorMessage", "Message", "detail", "errorMessage"].lazy.compactMap { part[$0]?.string }.first
        let status = part["StatusCode"]?.integer.map { Int($0) }
        let label = code ?? "partFailed"
        return AWSError(
            code: label,
            message: message ?? "the service gave no reason",
            kind: RetryClassification.kind(code: label, status: status ?? 400),
            requestID: requestID,
            httpStatus: status
        )
    }
}
