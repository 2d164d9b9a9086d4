internal import JSON

/// The calls that turn one set of credentials into another.
struct SecurityTokens: Sendable {
    let context: CallContext

    private static let assumeRole = AWSOperation(.sts, "AssumeRole")
    private static let assumeRoleWithWebIdentity = AWSOperation(
        .sts,
        "AssumeRoleWithWebIdentity",
        authorization: .none
    )
    private static let getCallerIdentity = AWSOperation(.sts, "GetCallerIdentity")
    private static let getRoleCredentials = AWSOperation(
        AWSService(
            id: "SSO", endpointPrefix: "portal.sso", signingName: "awsssoportal", wire: .restJSON, apiVersion: ""),
        "GetRoleCredentials",
        method: "GET",
        uri: "/federation/credentials",
        placements: [
            "accountId": .query("account_id"), "roleName": .query("role_name"),
            "accessToken": .header("x-amz-sso_bearer_token"),
        ],
        authorization: .none
    )

    /// The region for STS where no event says one: the environment's, else the profile's, else the oldest.
    func region() -> String {
        let settings = context.settings
        if let region = settings.nonEmpty("AWS_REGION") ?? settings.nonEmpty("AWS_DEFAULT_REGION") { return region }
        return (try? settings.profile()?["region"]) ?? AWSPartition.commercial.globalRegion
    }

    func assume(
        _ role: ProfileChain.Role,
        with credentials: AWSCredentials,
        region: String
    ) async throws(CredentialError) -> AWSCredentials {
        var input: [String: JSONValue] = [
            "RoleArn": .string(role.arn), "RoleSessionName": .string(role.sessionName ?? "autotagger"),
        ]
        input["ExternalId"] = role.externalID.map(JSONValue.string)
        input["DurationSeconds"] = role.duration.map(JSONValue.string)
        return try await exchange(Self.assumeRole, input, region, credentials, "AssumeRole of \(role.arn)")
    }

    func assume(
        roleARN: String,
        webIdentityToken token: String,
        sessionName: String?
    ) async throws(CredentialError) -> AWSCredentials {
        let input: [String: JSONValue] = [
            "RoleArn": .string(roleARN), "RoleSessionName": .string(sessionName ?? "autotagger"),
            "WebIdentityToken": .string(token),
        ]
        let what = "AssumeRoleWithWebIdentity of \(roleARN)"
        return try await exchange(Self.assumeRoleWithWebIdentity, input, region(), nil, what)
    }

    func roleCredentials(_ sso: SSOSettings, accessToken: String) async throws(CredentialError) -> AWSCredentials {
        let input: JSONValue = [
            "accountId": .string(sso.accountID), "roleName": .string(sso.roleName), "accessToken": .string(accessToken),
        ]
        let what = "SSO's role \(sso.roleName) in \(sso.accountID)"
        let reply = try await call(Self.getRoleCredentials, input, sso.region, nil, what)
        var credentials = try CredentialDocument.credentials(reply["roleCredentials"] ?? [:], source: "SSO")
        credentials.accountID = sso.accountID
        return credentials
    }

    /// The account that credentials belong to, asked only when their source did not say.
    func account(of credentials: AWSCredentials, region: String) async throws(CredentialError) -> String? {
        if let known = credentials.accountID { return known }
        return try await call(Self.getCallerIdentity, [:], region, credentials, "GetCallerIdentity")["Account"]?.string
    }

    private func exchange(
        _ operation: AWSOperation,
        _ input: [String: JSONValue],
        _ region: String,
        _ credentials: AWSCredentials?,
        _ what: String
    ) async throws(CredentialError) -> AWSCredentials {
        let reply = try await call(operation, .object(input), region, credentials, what)
        var assumed = try CredentialDocument.credentials(reply["Credentials"] ?? [:], source: operation.name)
        assumed.accountID = CredentialDocument.account(ofARN: reply["AssumedRoleUser"]?["Arn"]?.string)
        return assumed
    }

    private func call(
        _ operation: AWSOperation,
        _ input: JSONValue,
        _ region: String,
        _ credentials: AWSCredentials?,
        _ what: String
    ) async throws(CredentialError) -> JSONValue {
        let cache = credentials.map { CredentialCache(KnownCredentials(known: $0), now: context.now) }
        var call = AWSCall(context, operation, input, AWSScope(region: region), cache)
        do {
            return try await call.run().output
        } catch {
            throw CredentialError(.unavailable, "\(what) failed: \(error.code): \(error.message)")
        }
    }
}

/// Credentials that are at hand already.
struct KnownCredentials: CredentialProvider {
    let name = "known credentials"
    let known: AWSCredentials

    func credentials() async throws(CredentialError) -> AWSCredentials? { known }
}
