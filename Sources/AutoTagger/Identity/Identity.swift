/// Who made a resource, in the words a person would use, and how far that can be relied on.
public struct Identity: Sendable, Hashable, Codable {
    /// CloudTrail's type (`IAMUser`, `AssumedRole` …), or `Unknown` where the record has none.
    public var type: String
    /// What a person wants to read: a user's name, an e-mail, a role, a service.
    public var name: String
    /// The caller's ARN as CloudTrail wrote it.
    public var arn: String?
    /// The account that the caller belongs to.
    public var accountID: String?
    /// The unique id, which outlives renaming.
    public var principalID: String?
    /// The role behind a session.
    public var role: String?
    /// The session's name.
    public var session: String?
    /// The service that acted for the caller, where one did.
    public var invokedBy: String?
    /// The name that the first link of a role chain set for good.
    public var sourceIdentity: String?
    /// Who vouched for the caller: `IAM Identity Center`, a SAML or OpenID Connect provider.
    public var provider: String?
    /// The permission set of an IAM Identity Center session.
    public var permissionSet: String?
    /// The EC2 instance whose profile made the call.
    public var machine: String?
    /// The function, task or pod whose role made the call.
    public var workload: String?
    /// Who federated the caller, where the caller is not the broker.
    public var broker: String?
    /// An account alias that CloudTrail wrote as Root's user name.
    public var alias: String?
    /// The identity in one line, as the first AWS sample for this job wrote it.
    public var display: String
    /// How sure the name is.
    public var confidence: Confidence

    /// How sure a name is.
    public enum Confidence: String, Sendable, Codable {
        /// AWS authenticated this very name.
        case certain
        /// Chosen by the caller or a broker, such as a session's name.
        case claimed
        /// A service or machine acted; the person behind it is not in this record.
        case indirect
        /// The record does not say who; ``Identity/name`` holds the best there is.
        case unknown
    }

    /// An identity of which only the type and name are known; the resolver fills in the rest.
    public init(type: String, name: String, display: String? = nil, confidence: Confidence) {
        self.type = type
        self.name = name
        self.display = display ?? name
        self.confidence = confidence
    }

    /// The name or session when it is an e-mail address, as it mostly is with single sign-on.
    public var email: String? {
        [name, sourceIdentity, session].compactMap(\.self).first { candidate in
            guard let at = candidate.firstIndex(of: "@"), at != candidate.startIndex else { return false }
            return candidate[candidate.index(after: at)...].contains(".") && !candidate.contains(" ")
        }
    }
}
