internal import CurlHTTP
internal import Foundation
internal import JSON

/// The role of an EC2 instance, from its metadata service in version 2, which demands a token of its own first.
struct InstanceCredentials: CredentialProvider {
    let context: CallContext
    let name = "the instance's role (EC2 metadata service)"

    private static let rolePath = "/latest/meta-data/iam/security-credentials/"

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        let settings = context.settings
        if settings.nonEmpty("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" { return nil }
        let base = try Self.endpoint(settings)
        let server = LocalMetadata(context: context, name: "the EC2 metadata service")
        guard let token = try await token(server, base) else { return nil }
        let headers = [HTTPHeader("x-aws-ec2-metadata-token", token)]
        let roles = try await server.send("GET", base + Self.rolePath, headers)
        // An instance without a role has nothing to offer, which is no failure.
        if roles.status == 404 { return nil }
        let role = String(decoding: roles.body, as: UTF8.self).prefix { !$0.isNewline }
        guard roles.status == 200, !role.isEmpty, role.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "/" })
        else {
            throw CredentialError(.unavailable, "the EC2 metadata service answered status \(roles.status) for the role")
        }
        let answer = try await server.send("GET", "\(base)\(Self.rolePath)\(role)", headers)
        guard answer.status == 200, let document = try? JSONValue(parsing: answer.body) else {
            throw CredentialError(.unavailable, "the EC2 metadata service answered status \(answer.status)")
        }
        guard document["Code"]?.string ?? "Success" == "Success" else {
            throw CredentialError(.unavailable, "the EC2 metadata service has no credentials for role \(role) now")
        }
        return try CredentialDocument.credentials(document, source: "instance")
    }

    private func token(_ server: LocalMetadata, _ base: String) async throws(CredentialError) -> String? {
        let lifetime = HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")
        let response: HTTPResponse
        do throws(CredentialError) {
            response = try await server.send("PUT", base + "/latest/api/token", [lifetime])
        } catch {
            // Off EC2 nobody listens at that address: the chain's own message then says where else it looked.
            return nil
        }
        switch response.status {
        case 200: return String(decoding: response.body, as: UTF8.self)
        case 403: throw CredentialError(.unavailable, "the EC2 metadata service is switched off for this instance")
        default:
            throw CredentialError(
                .unavailable, "the EC2 metadata service answered status \(response.status) for a token")
        }
    }

    /// Where the service is, by environment and profile.
    static func endpoint(_ settings: SharedSettings) throws(CredentialError) -> String {
        func setting(_ variable: String, _ name: String) -> String? {
            settings.nonEmpty(variable) ?? (try? settings.profile()?[name])
        }
        if let url = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint") {
            let isURL = url.hasPrefix("http://") || url.hasPrefix("https://")
            guard isURL, !url.contains(where: \.isWhitespace), !URLParts(url).authority.isEmpty else {
                throw ProfileChain.wrong("the EC2 metadata service's endpoint is no http URL")
            }
            return url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode") ?? "ipv4"
        switch mode.lowercased() {
        case "ipv4": return "http://169.254.169.254"
        case "ipv6": return "http://[fd00:ec2::254]"
        default: throw ProfileChain.wrong("\(mode) is no mode of the EC2 metadata service; write IPv4 or IPv6")
        }
    }
}
