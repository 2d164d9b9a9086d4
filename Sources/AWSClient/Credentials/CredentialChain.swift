/// Asks one place after another, in the order of AWS's own tools; the first that is set up decides.
struct CredentialChain: CredentialProvider {
    let name = "the credential chain"
    let providers: [any CredentialProvider]

    /// AWS's places: environment, profile, web identity, container, instance.
    static func standard(_ context: CallContext) -> CredentialChain {
        CredentialChain(providers: [
            EnvironmentCredentials(settings: context.settings),
            ProfileCredentials(context: context),
            WebIdentityCredentials(context: context),
            ContainerCredentials(context: context),
            InstanceCredentials(context: context),
        ])
    }

    func credentials() async throws(CredentialError) -> AWSCredentials? {
        for provider in providers {
            if let credentials = try await provider.credentials() { return credentials }
        }
        let places = providers.map(\.name).joined(separator: "; ")
        throw CredentialError(
            .notFound,
            "no AWS credentials found; looked at: \(places). Set AWS_PROFILE or the variables, or run with an AWS role"
        )
    }
}
