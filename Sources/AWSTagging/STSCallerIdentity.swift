public import AWSClient
public import AutoTagger
private import JSON

/// Asks STS once whose credentials these are.
///
/// The call needs no permission. A failure is not remembered, since it mostly means that the network was not up yet.
public actor STSCallerIdentity: CallerIdentitySource {
    private let client: AWSClient
    private let region: String
    private var known: CallerIdentity?
    private var pending: Task<Result<CallerIdentity, Failure>, Never>?

    /// A source over a client; the region decides which STS is asked.
    public init(client: AWSClient, region: String) {
        self.client = client
        self.region = region
    }

    /// The identity, from memory after the first answer; callers that come meanwhile wait for the same one.
    public func callerIdentity() async throws(Failure) -> CallerIdentity {
        if let known { return known }
        let question = pending ?? Task { await Self.ask(client, region) }
        pending = question
        let answer = await question.value
        pending = nil
        let identity = try answer.get()
        known = identity
        return identity
    }

    private static func ask(_ client: AWSClient, _ region: String) async -> Result<CallerIdentity, Failure> {
        do {
            let reply = try await client.call(
                AWSOperation(.sts, "GetCallerIdentity"), [:], in: AWSScope(region: region))
            let result = reply.output.member("GetCallerIdentityResult") ?? reply.output
            guard let account = result.member("Account")?.string, let arn = result.member("Arn")?.string else {
                return .failure(
                    Failure(
                        code: "malformedReply", message: "STS answered GetCallerIdentity without account and ARN",
                        requestID: reply.requestID, isTransient: true, kind: .service))
            }
            return .success(CallerIdentity(accountID: account, arn: arn))
        } catch {
            return .failure(Failure(error))
        }
    }
}
