internal import CurlHTTP
internal import Foundation
internal import JSON

/// The role of an ECS task or, through EKS Pod Identity, of a pod.
struct ContainerCredentials: CredentialProvider {
    let context: CallContext
    let name = "the container's role (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI)"

    /// ECS, and EKS over IPv4 and IPv6: the only addresses that may be asked without TLS, besides this machine itself.
    private static let trusted: Set<String> = [
        "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]",
    ]

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        guard let url = try Self.url(context.settings) else { return nil }
        var headers = [HTTPHeader("Accept", "application/json")]
        if let token = try authorization() { headers.append(HTTPHeader("Authorization", token)) }
        let response = try await LocalMetadata(context: context, name: "the container's credential server")
            .send("GET", url, headers)
        guard response.status == 200, let document = try? JSONValue(parsing: response.body) else {
            throw CredentialError(.unavailable, "the container's credential server answered status \(response.status)")
        }
        return try CredentialDocument.credentials(document, source: "container")
    }

    /// Where to ask, `nil` when the environment names no place.
    static func url(_ settings: SharedSettings) throws(CredentialError) -> String? {
        if let path = settings.nonEmpty("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else {
                throw ProfileChain.wrong("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with a slash")
            }
            return "http://169.254.170.2\(path)"
        }
        guard let url = settings.nonEmpty("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        let authority = URLParts(url).authority
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let isSafe = url.hasPrefix("https://") || url.hasPrefix("http://") && trusted.contains(String(host))
        guard isSafe, !host.isEmpty else {
            throw ProfileChain.wrong(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI must use https, or name this machine, ECS or EKS Pod Identity"
            )
        }
        return url
    }

    /// The file wins over the variable: EKS replaces its token while the process lives.
    private func authorization() throws(CredentialError) -> String? {
        guard let file = context.settings.nonEmpty("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
            return context.settings.nonEmpty("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        }
        guard let data = try? context.settings.readFile(file) else {
            throw CredentialError(.unavailable, "the token file \(file) of EKS Pod Identity cannot be read")
        }
        let token = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.contains(where: \.isNewline) else {
            throw CredentialError(.invalidConfiguration, "the token in \(file) has more than one line")
        }
        return token
    }
}
