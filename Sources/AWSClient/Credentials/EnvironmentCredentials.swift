/// `AWS_ACCESS_KEY_ID` and its companions: where Lambda puts its role's credentials.
struct EnvironmentCredentials: CredentialProvider {
    let settings: SharedSettings
    fileprivate static let source = "environment"

    let name = "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let key = settings.nonEmpty("AWS_ACCESS_KEY_ID")
        let secret = settings.nonEmpty("AWS_SECRET_ACCESS_KEY") ?? settings.nonEmpty("SECRET_ACCESS_KEY")
        switch (key, secret) {
        case (nil, nil): return nil
        case (.some(let key), .some(let secret)):
            return AWSCredentials(
                accessKeyID: key,
                secretAccessKey: secret,
                sessionToken: settings.nonEmpty("AWS_SESSION_TOKEN"),
                accountID: settings.nonEmpty("AWS_ACCOUNT_ID"),
                source: Self.source
            )
        case (.some, nil):
            throw CredentialError(.invalidConfiguration, "AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not")
        case (nil, .some):
            throw CredentialError(.invalidConfiguration, "AWS_SECRET_ACCESS_KEY is set but AWS_ACCESS_KEY_ID is not")
        }
    }
}

extension AWSCredentials {
    /// Whether they are the process's own for as long as it runs: what was set in its environment is never set anew.
    var isFixed: Bool { source == EnvironmentCredentials.source && expiration == nil }
}
