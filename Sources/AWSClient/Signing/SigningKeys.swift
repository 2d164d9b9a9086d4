internal import Crypto
internal import Foundation
internal import Locking

/// The keys that signatures are made with: four HMACs deep, and the same for one secret, day, region and service, so that
/// the last ones are kept.
final class SigningKeys: Sendable {
    /// What a key is made of.
    struct Scope: Hashable, Sendable {
        let secret: Secret
        let day: String
        let region: String
        let service: String
    }

    private struct Known {
        /// Most calls go where the one before went: four texts are compared faster than hashed.
        var latest: (scope: Scope, code: HMAC<SHA256>)?
        var all: [Scope: HMAC<SHA256>] = [:]
    }

    private let known = Locked(Known())

    /// An HMAC that has taken in the scope's key, which is half the work of authenticating a text, and waits for the text.
    func code(for scope: Scope) -> HMAC<SHA256> {
        let found = known.withLock { known -> HMAC<SHA256>? in
            if let latest = known.latest, latest.scope == scope { return latest.code }
            guard let code = known.all[scope] else { return nil }
            known.latest = (scope, code)
            return code
        }
        if let found { return found }
        let code = HMAC<SHA256>(key: Self.key(for: scope))
        known.withLock { known in
            // Secrets rotate and days pass; a few hundred accounts and regions at once are far more than anyone has.
            if known.all.count >= 512 { known.all.removeAll(keepingCapacity: true) }
            known.all[scope] = code
            known.latest = (scope, code)
        }
        return code
    }

    private static func key(for scope: Scope) -> SymmetricKey {
        var key = SymmetricKey(data: Data("AWS4\(scope.secret.exposed)".utf8))
        for part in [scope.day, scope.region, scope.service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        return key
    }
}
