public import JSON

/// CloudTrail's `userIdentity` element as it stands in the record: a view, no judgement.
///
/// Who that *is* for a person is the identity resolver's question. Every field may be missing: AWS services write
/// `{"accountId": …, "invokedBy": …}` and nothing else.
public struct UserIdentity: Sendable, Hashable {
    /// The element itself.
    public let element: JSONValue

    /// Wraps the element; anything but an object reads as empty.
    public init(_ element: JSONValue) { self.element = element }

    /// `IAMUser`, `AssumedRole`, `Root` …; `nil` when a service left it out.
    public var type: String? { text("type") }
    /// The unique id, for sessions followed by `:` and the session's name.
    public var principalID: String? { text("principalId") }
    /// The caller's ARN; of a session, the session's. Some services log it as `arn=arn:aws:…`.
    public var arn: String? { text("arn").map { $0.hasPrefix("arn=") ? String($0.dropFirst(4)) : $0 } }
    /// The account that owns the caller.
    public var accountID: String? { text("accountId") }
    /// The friendly name, where the type has one.
    public var userName: String? { text("userName") }
    /// The service that made the call on someone's behalf.
    public var invokedBy: String? { text("invokedBy") }
    /// The identity provider of a SAML or web identity.
    public var identityProvider: String? { text("identityProvider") }
    /// The identity-store user on whose behalf an IAM Identity Center application acts.
    public var onBehalfOfUserID: String? { text("onBehalfOf", "userId") }
    /// The identity store that knows ``onBehalfOfUserID``.
    public var identityStoreARN: String? { text("onBehalfOf", "identityStoreArn") }
    /// The identity that the first session of a role chain set and that no later one can change.
    public var sourceIdentity: String? { text("sessionContext", "sourceIdentity") }
    /// The kind of principal that issued the session: `Role`, `IAMUser`, `Root`.
    public var issuerType: String? { text("sessionContext", "sessionIssuer", "type") }
    /// The name of the role or user that issued the session.
    public var issuerName: String? { text("sessionContext", "sessionIssuer", "userName") }
    /// The ARN of the role or user that issued the session.
    public var issuerARN: String? { text("sessionContext", "sessionIssuer", "arn") }
    /// The provider that federated the session, from `webIdFederationData`.
    public var federatedProvider: String? { text("sessionContext", "webIdFederationData", "federatedProvider") }

    /// The text at a path of members, `nil` where a step is missing or the text is empty.
    public func text(_ path: String...) -> String? {
        var value = element
        for key in path {
            guard let next = value.member(key) else { return nil }
            value = next
        }
        return value.scalarText.flatMap { $0.isEmpty ? nil : $0 }
    }
}
