internal import Crypto
internal import Foundation
internal import JSON

/// What the profile in the shared files leads to: keys, a role, a web identity, SSO or a helper program.
struct ProfileCredentials: CredentialProvider {
    let context: CallContext

    private var settings: SharedSettings { context.settings }

    var name: String { "profile \(settings.profileName) in \(settings.credentialsPath) and \(settings.configPath)" }

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let file: SharedConfigFile
        do {
            file = try settings.file()
        } catch {
            throw CredentialError(.invalidConfiguration, error.message)
        }
        if file.profiles[settings.profileName] == nil {
            guard settings.isProfileNamed else { return nil }
            throw CredentialError(
                .invalidConfiguration,
                "profile \(settings.profileName) is in neither \(settings.configPath) nor \(settings.credentialsPath)"
            )
        }
        guard let chain = try ProfileChain.resolve(settings.profileName, in: file) else { return nil }
        var credentials = try await base(chain.base)
        let tokens = SecurityTokens(context: context)
        for role in chain.roles {
            credentials = try await tokens.assume(role, with: credentials, region: tokens.region())
        }
        return credentials
    }

    private func base(_ base: ProfileChain.Base) async throws(CredentialError) -> AWSCredentials {
        switch base {
        case .keys(let keys): return keys
        case .source(let source):
            let provider: any CredentialProvider =
                switch source {
                case "Environment": EnvironmentCredentials(settings: settings)
                case "EcsContainer": ContainerCredentials(context: context)
                default: InstanceCredentials(context: context)
                }
            if let credentials = try await provider.credentials() { return credentials }
            throw CredentialError(
                .unavailable,
                "profile \(settings.profileName) takes its credentials from \(source), which has none here"
            )
        case .webIdentity(let roleARN, let tokenFile, let sessionName):
            let identity = WebIdentityCredentials(context: context)
            return try await identity.credentials(roleARN: roleARN, tokenFile: tokenFile, sessionName: sessionName)
        case .sso(let sso):
            return try await SecurityTokens(context: context).roleCredentials(sso, accessToken: try token(sso))
        case .process(let command, let accountID):
            return try await ProcessCredentials(context: context).credentials(command: command, accountID: accountID)
        }
    }

    /// The token that `aws sso login` left in its cache.
    private func token(_ sso: SSOSettings) throws(CredentialError) -> String {
        let key = Hexadecimal.text(Insecure.SHA1.hash(data: Data((sso.session ?? sso.startURL).utf8)))
        let path = settings.expand("~/.aws/sso/cache/\(key).json")
        let login = "run: aws sso login --profile \(settings.profileName)"
        guard let data = try? settings.readFile(path), let document = try? JSONValue(parsing: data),
            let token = document["accessToken"]?.string
        else { throw CredentialError(.unavailable, "there is no SSO token in \(path); \(login)") }
        if let end = document["expiresAt"].flatMap(CredentialDocument.date), end <= context.now() {
            throw CredentialError(.expired, "the SSO token in \(path) ended; \(login)")
        }
        return token
    }
}
