internal import AWSClient
internal import AutoTagger

/// Whether there are credentials, and whose they are: what every other question to AWS stands on.
struct CredentialsCheck: Check {
    let site: Site

    var name: String { "credentials" }

    func lines() async -> [CheckLine] {
        guard site.hasRegion else { return [.leftOut(for: "region")] }
        do throws(Failure) {
            let caller = try await site.caller()
            return [.ok("\(caller.arn), account \(caller.accountID)")]
        } catch {
            return [Self.line(error)]
        }
    }

    private static func line(_ failure: Failure) -> CheckLine {
        switch failure.kind {
        case .unreachable:
            .broken(
                .unreachable, "AWS could not be reached: \(failure.message)",
                why: "\(failure.code): no connection to the Security Token Service",
                advice: "check the network, HTTPS_PROXY and --endpoint-url, then run autotagger doctor again")
        case .configuration:
            .broken(
                .configuration, failure.message, why: "AWS could not be called (\(failure.code))",
                advice: "see 'aws' in the settings, --endpoint-url, and AWS_CA_BUNDLE")
        case .permission:
            .broken(.permission, what(failure), why: failure.message, advice: advice(failure.code))
        default:
            .broken(
                .work, "the Security Token Service did not say whose they are: \(failure.message)",
                why: "it answered \(failure.code)", advice: "run autotagger doctor again")
        }
    }

    private static func what(_ failure: Failure) -> String {
        switch failure.code {
        case "credentialsNotFound": "there are none"
        case "credentialsInvalidConfiguration": "the place where they are looked for is set up wrongly"
        case "credentialsUnavailable": "their source did not give any"
        case _ where isExpired(failure.code): "they have expired"
        case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId":
            "AWS does not know the access key"
        case "SignatureDoesNotMatch": "the secret does not belong to the access key, or the clock is wrong"
        default: "AWS refused them (\(failure.code))"
        }
    }

    private static func advice(_ code: String) -> String {
        switch code {
        case "credentialsInvalidConfiguration":
            "name a profile that is there with --profile or AWS_PROFILE; 'aws configure list-profiles' shows them"
        case _ where isExpired(code):
            "renew them, such as with 'aws sso login', or take AWS_SESSION_TOKEN and its companions out of the environment"
        case "SignatureDoesNotMatch":
            "set AWS_SECRET_ACCESS_KEY, or the profile's, anew; check the clock with 'timedatectl'"
        default: "'aws sts get-caller-identity' must work in this environment first; set AWS_PROFILE, or give it a role"
        }
    }

    private static func isExpired(_ code: String) -> Bool {
        code == CredentialError.Code.expired.rawValue || RetryClassification.expiredCredentials.contains(code)
    }
}
