public import Foundation

/// One set of credentials; its parts belong together and are only ever replaced together.
public struct AWSCredentials: Sendable, Hashable {
    /// The key's public half.
    public var accessKeyID: String
    /// The key's secret half.
    public var secretAccessKey: Secret
    /// What temporary credentials carry besides.
    public var sessionToken: Secret?
    /// When they end; `nil` for those that do not.
    public var expiration: Date?
    /// The account they belong to, where their source said so.
    public var accountID: String?
    /// Where they came from, for logs.
    public var source: String

    /// Credentials of those parts.
    public init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        expiration: Date? = nil,
        accountID: String? = nil,
        source: String = "static"
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = Secret(secretAccessKey)
        self.sessionToken = sessionToken.map(Secret.init)
        self.expiration = expiration
        self.accountID = accountID
        self.source = source
    }
}
