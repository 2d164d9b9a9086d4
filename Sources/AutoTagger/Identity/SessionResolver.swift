internal import CloudTrail
private import Foundation

/// The identities that arrive as sessions of a role: people, machines, workloads and services look alike there.
enum SessionResolver {
    static func assumedRole(_ user: UserIdentity, userAgent: String?) -> Identity {
        let session = Session.name(ofPrincipal: user.principalID) ?? user.arn.flatMap(ARNParts.lastPart(of:))
        let role =
            user.issuerName ?? user.issuerARN.flatMap(ARNParts.lastPart(of:))
            ?? user.arn.flatMap(ARNParts.roleName(ofSession:))
        guard let name = user.sourceIdentity ?? session ?? role else {
            let fallback = user.visibleUserName ?? user.arn ?? user.principalID ?? "unknown"
            return Identity(type: "AssumedRole", name: fallback, confidence: .unknown)
        }
        var identity = Identity(type: "AssumedRole", name: name, confidence: .claimed)
        identity.session = session
        identity.role = role
        if let role {
            identity.display = "UserName: \(session ?? name), Role: \(role) (role)"
            describe(&identity, role: role, session: session, user, userAgent)
        }
        if let source = user.sourceIdentity {
            identity.name = source
            identity.confidence = .certain
        }
        return identity
    }

    /// Tells people from machines by the marks that AWS itself puts on roles and sessions.
    private static func describe(
        _ identity: inout Identity,
        role: String,
        session: String?,
        _ user: UserIdentity,
        _ userAgent: String?
    ) {
        if let permissionSet = permissionSet(ofRole: role) {
            identity.provider = "IAM Identity Center"
            identity.permissionSet = permissionSet
            identity.confidence = .certain
        } else if role.hasPrefix("AWSServiceRoleFor") {
            identity.name = user.invokedBy ?? serviceName(ofRoleARN: user.issuerARN) ?? role
            identity.confidence = .indirect
        } else if let session, isInstance(session) {
            identity.name = role
            identity.machine = session
            identity.confidence = .indirect
        } else if let session, isWorkload(session, user, userAgent) {
            identity.name = role
            identity.workload = session
            identity.confidence = .indirect
        } else if let provider = user.federatedProvider {
            identity.provider = provider
        }
    }

    static func samlUser(_ user: UserIdentity) -> Identity {
        let name = user.visibleUserName ?? user.principalID.map { Session.name(ofPrincipal: $0) ?? $0 }
        var identity = Identity(
            type: "SAMLUser",
            name: name ?? user.arn ?? "unknown",
            confidence: name == nil ? .unknown : .certain
        )
        identity.provider = user.identityProvider
        return identity
    }

    /// GitHub Actions puts `repo:org/name:ref:refs/heads/main` here: repository and ref are the maker.
    static func webIdentityUser(_ user: UserIdentity) -> Identity {
        let name = user.visibleUserName ?? user.principalID.map(subject(ofPrincipal:))
        var identity = Identity(
            type: "WebIdentityUser",
            name: name ?? user.arn ?? "unknown",
            confidence: name == nil ? .unknown : .certain
        )
        identity.provider = user.identityProvider ?? user.federatedProvider
        return identity
    }

    /// The subject is what follows provider and client id: `arn:aws:iam::…:oidc-provider/host:client:subject`.
    private static func subject(ofPrincipal principal: String) -> String {
        if let start = principal.range(of: "repo:") { return String(principal[start.lowerBound...]) }
        let parts = principal.split(separator: ":")
        guard parts.count > 1, let last = parts.last else { return principal }
        return String(last)
    }

    /// `AWSReservedSSO_<permission set>_<16 hex digits>`; the set's own name may hold underscores.
    private static func permissionSet(ofRole role: String) -> String? {
        let prefix = "AWSReservedSSO_"
        guard role.hasPrefix(prefix) else { return nil }
        let rest = role.dropFirst(prefix.count)
        guard let end = rest.lastIndex(of: "_") else { return String(rest) }
        return String(rest[..<end])
    }

    private static func serviceName(ofRoleARN arn: String?) -> String? {
        guard let arn, let path = arn.range(of: ":role/aws-service-role/") else { return nil }
        return arn[path.upperBound...].split(separator: "/").first.map(String.init)
    }

    /// `i-` and 8 or 17 hex digits: the session that an instance profile opens.
    private static func isInstance(_ session: String) -> Bool {
        guard session.hasPrefix("i-") else { return false }
        let digits = session.dropFirst(2)
        return [8, 17].contains(digits.utf8.count) && digits.allSatisfy(\.isHexDigit)
    }

    /// Lambda signs with the function's name, ECS with the task's id, EKS with a name of its own.
    ///
    /// Newer records say so in `inScopeOf`; of older ones the user agent's `exec-env` and the id's shape still tell.
    private static func isWorkload(_ session: String, _ user: UserIdentity, _ userAgent: String?) -> Bool {
        if user.text("inScopeOf", "issuerType")?.hasPrefix("AWS::") == true { return true }
        if user.federatedProvider?.contains("oidc.eks.") == true { return true }
        if let userAgent, userAgent.contains("exec-env/AWS_Lambda_") || userAgent.contains("exec-env/AWS_ECS_") {
            return true
        }
        let isTask = session.utf8.count == 32 && session.allSatisfy(\.isHexDigit)
        let isPod =
            session.hasPrefix("eks-") || session.hasPrefix("botocore-session-")
            || session.hasPrefix("aws-sdk-java-") || session.hasPrefix("aws-go-sdk-")
        return isTask || isPod
    }
}

/// The name of a session, from the principal's unique id.
enum Session {
    /// What follows the first colon: session names may hold colons themselves.
    static func name(ofPrincipal principal: String?) -> String? {
        guard let principal, let colon = principal.firstIndex(of: ":") else { return nil }
        let name = principal[principal.index(after: colon)...]
        return name.isEmpty ? nil : String(name)
    }
}
