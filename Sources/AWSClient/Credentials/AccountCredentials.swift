internal import Foundation
internal import Synchronization

/// Credentials for whichever account a call is made in: the own ones, or a role's in another account.
final class AccountCredentials: Sendable {
    private struct Key: Hashable {
        let account: String
        let partition: String
    }

    /// How long a refused role is not asked for again: a thousand events of an account that trusts nobody are one call.
    static let failureLifetime: TimeInterval = 60

    private let context: CallContext
    private let own: CredentialCache
    private let role: AccountRole?
    private let caches = Mutex<[Key: CredentialCache]>([:])

    init(_ context: CallContext, own: any CredentialProvider, role: AccountRole?) {
        self.context = context
        self.role = role
        self.own = CredentialCache(own, now: context.now)
    }

    /// Where the credentials for a scope are kept.
    func cache(for scope: AWSScope) -> CredentialCache {
        guard let role, let account = scope.accountID else { return own }
        let key = Key(account: account, partition: AWSPartition(region: scope.region).id)
        return caches.withLock { caches in
            if let known = caches[key] { return known }
            let provider = AssumedRole(context: context, own: own, role: role, account: account, region: scope.region)
            let cache = CredentialCache(provider, now: context.now, failureLifetime: Self.failureLifetime)
            caches[key] = cache
            return cache
        }
    }
}

/// The configured role in one account; the own credentials when that account is the own one.
private struct AssumedRole: CredentialProvider {
    let context: CallContext
    let own: CredentialCache
    let role: AccountRole
    let account: String
    let region: String

    var name: String { "the role for account \(account)" }

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let target = try role.role(in: account, partition: AWSPartition(region: region))
        let credentials = try await own.credentials()
        let tokens = SecurityTokens(context: context)
        if try await tokens.account(of: credentials, region: region) == account { return credentials }
        return try await tokens.assume(target, with: credentials, region: region)
    }
}
