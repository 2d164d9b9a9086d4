public import CloudTrail

/// Answers *who made this?* from CloudTrail's `userIdentity`, the same way for every handler.
///
/// It never throws and never guesses in silence: where the record does not say who, the name is the best there is and the
/// confidence says so. It keeps nothing between two events. The rules follow "CloudTrail userIdentity element"; the
/// shapes come from real records.
public struct IdentityResolver: Sendable {
    /// A resolver; all of them are alike.
    public init() {}

    /// Who made the call that the event tells of.
    public func resolve(_ event: CloudTrailEvent) -> Identity {
        resolve(event.userIdentity, userAgent: event.userAgent)
    }

    /// Who a `userIdentity` element stands for; the user agent tells workloads from people in older records.
    public func resolve(_ user: UserIdentity, userAgent: String? = nil) -> Identity {
        var identity = named(user, userAgent)
        identity.arn = user.arn
        identity.accountID = user.accountID ?? user.arn.flatMap { ARNParts($0)?.account }
        identity.principalID = user.principalID
        identity.sourceIdentity = user.sourceIdentity
        identity.invokedBy = user.invokedBy.flatMap { Self.isOwnConsole($0) ? nil : $0 }
        return identity
    }

    private func named(_ user: UserIdentity, _ userAgent: String?) -> Identity {
        switch user.type {
        case "IAMUser": iamUser(user)
        case "Root": root(user)
        case "AssumedRole": SessionResolver.assumedRole(user, userAgent: userAgent)
        case "FederatedUser": federatedUser(user)
        case "SAMLUser": SessionResolver.samlUser(user)
        case "WebIdentityUser": SessionResolver.webIdentityUser(user)
        case "IdentityCenterUser": identityCenterUser(user)
        case "AWSService": service(user)
        case "AWSAccount": account(user)
        case nil where user.invokedBy != nil && user.arn == nil && user.userName == nil: service(user)
        default: other(user)
        }
    }

    private func iamUser(_ user: UserIdentity) -> Identity {
        guard let name = user.visibleUserName ?? user.arn.flatMap(ARNParts.lastPart(of:)) ?? user.principalID else {
            return other(user)
        }
        return Identity(type: "IAMUser", name: name, confidence: .certain)
    }

    private func root(_ user: UserIdentity) -> Identity {
        var identity = Identity(type: "Root", name: "root", confidence: .certain)
        identity.alias = user.visibleUserName
        return identity
    }

    /// `GetFederationToken`: the caller is the federated user, never the IAM user that asked for the token.
    private func federatedUser(_ user: UserIdentity) -> Identity {
        guard
            let name = user.principalID.flatMap(Session.name(ofPrincipal:)) ?? user.arn.flatMap(ARNParts.lastPart(of:))
        else {
            return other(user)
        }
        var identity = Identity(type: "FederatedUser", name: name, confidence: .claimed)
        identity.broker = user.issuerName ?? user.issuerARN.flatMap(ARNParts.lastPart(of:))
        return identity
    }

    /// The record knows only the identity store's id of the user; the store itself would know the name.
    private func identityCenterUser(_ user: UserIdentity) -> Identity {
        guard let id = user.onBehalfOfUserID ?? user.visibleUserName ?? user.principalID else { return other(user) }
        var identity = Identity(type: "IdentityCenterUser", name: id, confidence: .certain)
        identity.provider = user.identityStoreARN ?? "IAM Identity Center"
        return identity
    }

    private func service(_ user: UserIdentity) -> Identity {
        let name = user.invokedBy ?? user.visibleUserName ?? user.principalID ?? "unknown"
        return Identity(type: "AWSService", name: name, confidence: name == "unknown" ? .unknown : .indirect)
    }

    private func account(_ user: UserIdentity) -> Identity {
        let parts = [user.accountID, user.principalID].compactMap(\.self)
        guard !parts.isEmpty else { return other(user) }
        return Identity(type: "AWSAccount", name: parts.joined(separator: "/"), confidence: .indirect)
    }

    private func other(_ user: UserIdentity) -> Identity {
        let name = user.visibleUserName ?? user.arn.flatMap { $0.isEmpty ? nil : $0 } ?? user.principalID
        return Identity(type: user.type ?? "Unknown", name: name ?? "unknown", confidence: .unknown)
    }

    /// A person at the console is written as invoked by the sign-in service; nobody acted for them.
    private static func isOwnConsole(_ service: String) -> Bool { service == "signin.amazonaws.com" }
}

extension UserIdentity {
    /// The user name, unless CloudTrail hid it because someone typed it wrongly at sign-in.
    var visibleUserName: String? {
        userName.flatMap { $0 == "HIDDEN_DUE_TO_SECURITY_REASONS" ? nil : $0 }
    }
}
