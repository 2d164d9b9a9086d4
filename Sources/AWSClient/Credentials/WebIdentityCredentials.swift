internal import Foundation

/// A role for a token that somebody else signed: IRSA on EKS, or a CI system.
struct WebIdentityCredentials: CredentialProvider {
    let context: CallContext
    let name = "a web identity (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN)"

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let settings = context.settings
        guard let file = settings.nonEmpty("AWS_WEB_IDENTITY_TOKEN_FILE") else { return nil }
        guard let role = settings.nonEmpty("AWS_ROLE_ARN") else {
            throw CredentialError(.invalidConfiguration, "AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not")
        }
        let session = settings.nonEmpty("AWS_ROLE_SESSION_NAME")
        return try await credentials(roleARN: role, tokenFile: file, sessionName: session)
    }

    /// Reads the token anew each time: EKS replaces it every few hours.
    func credentials(
        roleARN: String,
        tokenFile: String,
        sessionName: String?
    ) async throws(CredentialError) -> AWSCredentials {
        guard let data = try? context.settings.readFile(context.settings.expand(tokenFile)) else {
            throw CredentialError(.unavailable, "the web identity's token file \(tokenFile) cannot be read")
        }
        let token = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return try await SecurityTokens(context: context)
            .assume(roleARN: roleARN, webIdentityToken: token, sessionName: sessionName)
    }
}
