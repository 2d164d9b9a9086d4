public import AutoTagger

/// Credentials that belong to whom the test says, or that AWS does not accept.
public struct FixedCaller: CallerIdentitySource {
    private let answer: Result<CallerIdentity, Failure>

    /// Credentials of an account, by default those of a role named `autotagger`.
    public init(accountID: String, arn: String? = nil) {
        answer = .success(
            CallerIdentity(
                accountID: accountID, arn: arn ?? "arn:aws:sts::\(accountID):assumed-role/autotagger/session"))
    }

    /// Credentials that fail.
    public init(failing failure: Failure) { answer = .failure(failure) }

    /// The answer, always the same.
    public func callerIdentity() async throws(Failure) -> CallerIdentity { try answer.get() }
}
