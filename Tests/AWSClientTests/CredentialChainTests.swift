import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct CredentialChainTests {
    private static let root = "smithy-rs/aws/rust-runtime/aws-config/test-data"

    @Test func saysWhereItLooked() async throws {
        let chain = CredentialChain.standard(.forTests(transport: ScriptedTransport([])))
        let error = await #expect(throws: CredentialError.self) { try await chain.credentials() }
        #expect(error?.code == .notFound)
        for place in ["AWS_ACCESS_KEY_ID", "/.aws/credentials", "AWS_WEB_IDENTITY_TOKEN_FILE", "EC2"] {
            #expect(error?.message.contains(place) == true)
        }
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "k"], "AWS_SECRET_ACCESS_KEY"),
        (["AWS_SECRET_ACCESS_KEY": "s"], "AWS_ACCESS_KEY_ID"),
        (["AWS_PROFILE": "nowhere"], "nowhere"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://evil.example/"], "https"),
    ])
    func refusesHalfASetting(environment: [String: String], hint: String) async {
        let settings = SharedSettings(environment: environment, profile: nil, readFile: { _ in nil })
        let chain = CredentialChain.standard(.forTests(transport: ScriptedTransport([]), settings: settings))
        let error = await #expect(throws: CredentialError.self) { try await chain.credentials() }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(hint) == true)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheDefaultChain() async throws {
        try await agrees("default-credential-provider-chain") { CredentialChain.standard($0) }
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheProfileProvider() async throws {
        try await agrees("profile-provider") { ProfileCredentials(context: $0) }
    }

    private func agrees(_ kind: String, _ provider: (CallContext) -> any CredentialProvider) async throws {
        let names = try Vectors.list("\(Self.root)/\(kind)")
        var agreed = 0
        for name in names {
            let one = try CredentialCase(folder: "\(Self.root)/\(kind)/\(name)")
            let outcome: Result<AWSCredentials?, CredentialError>
            do throws(CredentialError) {
                outcome = .success(try await provider(one.context).credentials())
            } catch {
                outcome = .failure(error)
            }
            if let difference = one.difference(outcome) {
                Issue.record("\(name): \(difference)")
            } else {
                agreed += 1
            }
        }
        print("\(kind): \(agreed)/\(names.count)")
        #expect(agreed == names.count)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesOnProfileChains() throws {
        let cases = try #require(try Vectors.json("\(Self.root)/assume-role-tests.json").array)
        var agreed = 0
        var excluded = 0
        for one in cases {
            // A profile with a session but no account is for bearer tokens, which no API that is called here takes.
            if one["docs"]?.string == "SSO token profile selected" {
                excluded += 1
                continue
            }
            var file = SharedConfigFile()
            for (name, section) in one["input"]?["profiles"]?.object ?? [:] {
                file.profiles[name] = section.object?.compactMapValues(\.string)
            }
            for (name, section) in one["input"]?["sso_sessions"]?.object ?? [:] {
                file.ssoSessions[name] = section.object?.compactMapValues(\.string)
            }
            let name = one["input"]?["selected_profile"]?.string ?? ""
            let chain = Result { try ProfileChain.resolve(name, in: file) }
            let wanted = one["output"]?["ProfileChain"]?.array
            let got = (try? chain.get()).map(Self.described)
            if wanted == got {
                agreed += 1
            } else {
                Issue.record("\(one["docs"]?.string ?? ""): \(chain), not \(one["output"]?.compactText ?? "")")
            }
        }
        print("profile chains: \(agreed)/\(cases.count - excluded), left out \(excluded): bearer tokens")
        #expect(agreed == cases.count - excluded)
    }

    /// A chain in the words of the cases.
    private static func described(_ chain: ProfileChain) -> [JSONValue] {
        let base: JSONValue =
            switch chain.base {
            case .keys(let keys):
                [
                    "AccessKey": object([
                        "access_key_id": keys.accessKeyID, "secret_access_key": keys.secretAccessKey.exposed,
                        "account_id": keys.accountID,
                    ])
                ]
            case .source(let source): ["NamedSource": .string(source)]
            case .webIdentity(let role, let file, let session):
                [
                    "WebIdentityToken": object([
                        "role_arn": role, "web_identity_token_file": file, "role_session_name": session,
                    ])
                ]
            case .sso(let sso):
                [
                    "Sso": object([
                        "sso_account_id": sso.accountID, "sso_region": sso.region, "sso_role_name": sso.roleName,
                        "sso_start_url": sso.startURL, "sso_session": sso.session,
                    ])
                ]
            case .process(let command, _): ["Process": .string(command)]
            }
        let roles: [JSONValue] = chain.roles.map { role in
            [
                "AssumeRole": object([
                    "role_arn": role.arn, "role_session_name": role.sessionName, "external_id": role.externalID,
                ])
            ]
        }
        return [base] + roles
    }

    private static func object(_ members: [String: String?]) -> JSONValue {
        .object(members.compactMapValues { $0.map(JSONValue.string) })
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesOnContainerAddresses() throws {
        let cases = try #require(try Vectors.json("\(Self.root)/ecs-tests.json")["tests"]?.array)
        var agreed = 0
        for one in cases {
            let environment = one["env"]?.object?.compactMapValues(\.string) ?? [:]
            let settings = SharedSettings(environment: environment, profile: nil, readFile: { _ in nil })
            if (try? ContainerCredentials.url(settings)) == one["result"]?["Ok"]?.string { agreed += 1 }
        }
        print("container addresses: \(agreed)/\(cases.count)")
        #expect(agreed == cases.count)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesOnMetadataAddresses() throws {
        let cases = try #require(try Vectors.json("\(Self.root)/imds-config/imds-endpoint-tests.json")["tests"]?.array)
        // An address given in code is a setting that this client does not have.
        let own = cases.filter { $0["endpoint_override"] == nil && $0["mode_override"] == nil }
        var agreed = 0
        for one in own {
            let files = one["fs"]?.object?.compactMapValues(\.string) ?? [:]
            let environment = one["env"]?.object?.compactMapValues(\.string) ?? [:]
            let settings = SharedSettings(environment: environment, profile: nil) { path in
                files[path].map { Data($0.utf8) }
            }
            let url = (try? InstanceCredentials.endpoint(settings)).map { "\($0)/latest/api/token" }
            if url == one["result"]?["Ok"]?.string {
                agreed += 1
            } else {
                Issue.record("\(one["docs"]?.string ?? ""): \(url ?? "refused")")
            }
        }
        print("metadata addresses: \(agreed)/\(own.count), left out \(cases.count - own.count): overrides in code")
        #expect(agreed == own.count)
    }
}
