/// The profile's own keys in the shared files.
struct ProfileCredentials: CredentialProvider {
    let settings: SharedSettings

    var name: String { "profile \(settings.profileName) in \(settings.credentialsPath) and \(settings.configPath)" }

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let found: SharedConfigFile.Section?
        do {
            found = try settings.profile()
        } catch {
            throw CredentialError(.invalidConfiguration, error.message)
        }
        guard let profile = found else {
            guard settings.isProfileNamed else { return nil }
            throw CredentialError(
                .invalidConfiguration,
                "profile \(settings.profileName) is in neither \(settings.configPath) nor \(settings.credentialsPath)"
            )
        }
        guard let key = profile["aws_access_key_id"] else { return nil }
        guard let secret = profile["aws_secret_access_key"] else {
            throw CredentialError(
                .invalidConfiguration,
                "profile \(settings.profileName) has aws_access_key_id but no aws_secret_access_key"
            )
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: profile["aws_session_token"],
            accountID: profile["aws_account_id"],
            source: "profile"
        )
    }
}
