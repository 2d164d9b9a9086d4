/// What a profile comes to: where the first credentials are from, and the roles to assume with them, one after another.
struct ProfileChain: Equatable {
    /// Where the first credentials are from.
    enum Base: Equatable {
        case keys(AWSCredentials)
        /// One of the places that `credential_source` may name.
        case source(String)
        case webIdentity(roleARN: String, tokenFile: String, sessionName: String?)
        case sso(SSOSettings)
        case process(command: String, accountID: String?)
    }

    /// A role to assume.
    struct Role: Equatable {
        var arn: String
        var sessionName: String?
        var externalID: String?
        var duration: String?
    }

    var base: Base
    var roles: [Role] = []

    /// Resolves a profile, or `nil` when it says nothing about credentials.
    ///
    /// - Throws: ``CredentialError`` when it contradicts itself, names a profile that is not there, or leads in a circle.
    static func resolve(_ name: String, in file: SharedConfigFile) throws(CredentialError) -> ProfileChain? {
        try resolve(name, in: file, visited: [], isRoot: true)
    }

    private static func resolve(
        _ name: String,
        in file: SharedConfigFile,
        visited: [String],
        isRoot: Bool
    ) throws(CredentialError) -> ProfileChain? {
        guard let profile = file.profiles[name] else {
            throw wrong("profile \(name), which \(visited.last ?? "the settings") names, is not defined")
        }
        if visited.contains(name) {
            throw wrong("the profiles \((visited + [name]).joined(separator: " → ")) lead in a circle")
        }
        // A profile that others take as their source is used for its keys first; its own role would be one too many.
        if !isRoot, let keys = try keys(profile, name) { return ProfileChain(base: .keys(keys)) }
        if let role = profile["role_arn"] {
            return try chain(role: role, profile, name, in: file, visited: visited + [name])
        }
        if profile["web_identity_token_file"] != nil {
            throw wrong("profile \(name) has web_identity_token_file but no role_arn")
        }
        if let sso = try SSOSettings(profile, name, in: file) { return ProfileChain(base: .sso(sso)) }
        if let keys = try keys(profile, name) { return ProfileChain(base: .keys(keys)) }
        if let command = profile["credential_process"] {
            return ProfileChain(base: .process(command: command, accountID: profile["aws_account_id"]))
        }
        return nil
    }

    private static func chain(
        role arn: String,
        _ profile: SharedConfigFile.Section,
        _ name: String,
        in file: SharedConfigFile,
        visited: [String]
    ) throws(CredentialError) -> ProfileChain {
        if let tokenFile = profile["web_identity_token_file"] {
            let session = profile["role_session_name"]
            return ProfileChain(base: .webIdentity(roleARN: arn, tokenFile: tokenFile, sessionName: session))
        }
        if profile["mfa_serial"] != nil {
            throw wrong("profile \(name) wants a code from an MFA device, which nobody is here to type")
        }
        var chain: ProfileChain
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil): throw wrong("profile \(name) has role_arn but neither source_profile nor credential_source")
        case (.some, .some): throw wrong("profile \(name) has both source_profile and credential_source")
        case (nil, .some(let source)):
            guard ["Environment", "Ec2InstanceMetadata", "EcsContainer"].contains(source) else {
                throw wrong("credential_source \(source) of profile \(name) is none that AWS knows")
            }
            chain = ProfileChain(base: .source(source))
        case (.some(let source), nil):
            if source == name {
                guard let keys = try keys(profile, name) else {
                    throw wrong("profile \(name) has no keys for its role")
                }
                chain = ProfileChain(base: .keys(keys))
            } else {
                guard let found = try resolve(source, in: file, visited: visited, isRoot: false) else {
                    throw wrong("profile \(source), the source of \(name), has no credentials")
                }
                chain = found
            }
        }
        chain.roles.append(
            Role(
                arn: arn,
                sessionName: profile["role_session_name"],
                externalID: profile["external_id"],
                duration: profile["duration_seconds"]
            )
        )
        return chain
    }

    private static func keys(
        _ profile: SharedConfigFile.Section,
        _ name: String
    ) throws(CredentialError) -> AWSCredentials? {
        switch (profile["aws_access_key_id"], profile["aws_secret_access_key"]) {
        case (nil, nil): return nil
        case (.some, nil): throw wrong("profile \(name) has aws_access_key_id but no aws_secret_access_key")
        case (nil, .some): throw wrong("profile \(name) has aws_secret_access_key but no aws_access_key_id")
        case (.some(let key), .some(let secret)):
            return AWSCredentials(
                accessKeyID: key,
                secretAccessKey: secret,
                sessionToken: profile["aws_session_token"],
                accountID: profile["aws_account_id"],
                source: "profile"
            )
        }
    }

    static func wrong(_ message: String) -> CredentialError { CredentialError(.invalidConfiguration, message) }
}

/// What IAM Identity Center needs to hand out credentials: who signed in, and which role in which account.
struct SSOSettings: Equatable {
    var accountID: String
    var roleName: String
    var region: String
    var startURL: String
    /// The session's name; the older form of the settings has none, and its token is filed under the start URL.
    var session: String?

    /// Reads a profile's settings, `nil` when it has none.
    init?(_ profile: SharedConfigFile.Section, _ name: String, in file: SharedConfigFile) throws(CredentialError) {
        let names = ["sso_session", "sso_account_id", "sso_role_name", "sso_start_url", "sso_region"]
        guard names.contains(where: { profile[$0] != nil }) else { return nil }
        var settings = profile
        if let session = profile["sso_session"] {
            guard let shared = file.ssoSessions[session] else {
                throw ProfileChain.wrong("sso-session \(session), which profile \(name) names, is not defined")
            }
            for setting in ["sso_region", "sso_start_url"]
            where profile[setting].map({ $0 != shared[setting] }) ?? false {
                throw ProfileChain.wrong("\(setting) of profile \(name) belongs into its sso-session \(session)")
            }
            settings.merge(shared) { own, _ in own }
        }
        func value(_ setting: String) throws(CredentialError) -> String {
            guard let value = settings[setting] else {
                throw ProfileChain.wrong("profile \(name) is set up for SSO but has no \(setting)")
            }
            return value
        }
        accountID = try value("sso_account_id")
        roleName = try value("sso_role_name")
        region = try value("sso_region")
        startURL = try value("sso_start_url")
        session = profile["sso_session"]
    }
}
