internal import Foundation

/// One place's credentials, kept until they must be renewed; however many tasks ask, at most one renewal is under way.
///
/// Renewal begins 15 minutes before the end, in the background of one caller while the others go on with what there is;
/// from 10 minutes before the end everyone waits for it, and a renewal that fails leaves the old ones in use until
/// they really end. These are botocore's margins.
actor CredentialCache {
    static let advisoryMargin: TimeInterval = 15 * 60
    static let mandatoryMargin: TimeInterval = 10 * 60

    private let provider: any CredentialProvider
    private let now: @Sendable () -> Date
    private let failureLifetime: TimeInterval
    private var refusal: (error: CredentialError, until: Date)?
    private var current: AWSCredentials?
    private var renewal: Task<Result<AWSCredentials, CredentialError>, Never>?

    /// - Parameter failureLifetime: for how many seconds a failure is the answer without asking again; a storm of tasks that
    ///   comes just after one should not become a storm of requests.
    init(
        _ provider: any CredentialProvider,
        now: @escaping @Sendable () -> Date,
        failureLifetime: TimeInterval = 1
    ) {
        self.provider = provider
        self.failureLifetime = failureLifetime
        self.now = now
    }

    /// Credentials that are good now.
    func credentials() async throws(CredentialError) -> AWSCredentials {
        guard let current else { return try await renew().get() }
        guard let expiration = current.expiration else { return current }
        let left = expiration.timeIntervalSince(now())
        if left > Self.advisoryMargin { return current }
        if left > Self.mandatoryMargin, renewal != nil { return current }
        switch await renew() {
        case .success(let renewed): return renewed
        case .failure(let error):
            if expiration.timeIntervalSince(now()) > 0 { return current }
            throw error
        }
    }

    /// Forgets what a service called expired, so that the next call brings new ones.
    func discard(_ credentials: AWSCredentials) {
        if current == credentials { current = nil }
    }

    private func renew() async -> Result<AWSCredentials, CredentialError> {
        if let renewal { return await renewal.value }
        if let refusal, refusal.until > now() { return .failure(refusal.error) }
        // Not a child of the caller: others wait for it too, and one caller's cancellation must not fail them.
        let task = Task { [provider] () -> Result<AWSCredentials, CredentialError> in
            do throws(CredentialError) {
                if let credentials = try await provider.credentials() { return .success(credentials) }
                return .failure(CredentialError(.notFound, "\(provider.name) has no credentials"))
            } catch {
                return .failure(error)
            }
        }
        renewal = task
        let result = await task.value
        renewal = nil
        switch result {
        case .success(let credentials): current = credentials
        case .failure(let error): refusal = (error, now().addingTimeInterval(failureLifetime))
        }
        return result
    }
}
