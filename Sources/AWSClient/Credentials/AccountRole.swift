/// The role that is assumed in every account but the own one.
public struct AccountRole: Sendable, Hashable {
    /// The role's ARN with `{account}` and `{partition}`, such as `arn:{partition}:iam::{account}:role/AutoTagger`.
    public var template: String
    /// What the other accounts' trust policies may demand.
    public var externalID: String?
    /// What the other accounts' CloudTrail shows as the session's name.
    public var sessionName: String

    /// A role by its template.
    public init(template: String, externalID: String? = nil, sessionName: String = "autotagger") {
        self.template = template
        self.externalID = externalID
        self.sessionName = sessionName
    }

    /// The role's ARN in an account.
    ///
    /// - Throws: ``CredentialError`` when the account is not twelve digits: it comes from an event, and nothing from an
    ///   event may shape an ARN.
    public func arn(in account: String, partition: AWSPartition) throws(CredentialError) -> String {
        guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw CredentialError(.invalidConfiguration, "\"\(account.prefix(20))\" is not an AWS account's number")
        }
        return template.replacing("{account}", with: account).replacing("{partition}", with: partition.id)
    }

    /// The role in an account.
    func role(in account: String, partition: AWSPartition) throws(CredentialError) -> ProfileChain.Role {
        let arn = try arn(in: account, partition: partition)
        return ProfileChain.Role(arn: arn, sessionName: sessionName, externalID: externalID)
    }
}
