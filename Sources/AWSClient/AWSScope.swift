/// In which account and region a call is made.
public struct AWSScope: Sendable, Hashable {
    /// The account; `nil` is the one that the client's own credentials belong to.
    public var accountID: String?
    /// The region.
    public var region: String

    /// A scope of that account and region.
    public init(accountID: String? = nil, region: String) {
        self.accountID = accountID
        self.region = region
    }
}
