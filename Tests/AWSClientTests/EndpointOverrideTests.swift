import Foundation
import JSON
import Testing

@testable import AWSClient

@Suite struct EndpointOverrideTests {
    @Test(arguments: [
        ("http://localhost:4566", "http://localhost:4566"), ("https://example.com/base/", "https://example.com/base"),
    ])
    func takesAnAddress(address: String, url: String) throws {
        let resolver = resolver(environment: ["AWS_ENDPOINT_URL": address], config: "", profile: nil)
        let endpoint = try resolver.endpoint(for: .ec2, region: "us-east-1")
        #expect(endpoint.url(hostPrefix: "ignored.") + endpoint.path == url)
        #expect(endpoint.signingRegion == "us-east-1")
    }

    @Test(arguments: ["localhost:4566", "ftp://localhost", "http://", "http://user:pass@host", "http://h?a=b"])
    func refusesWhatIsNoAddress(address: String) {
        let resolver = resolver(environment: ["AWS_ENDPOINT_URL": address], config: "", profile: nil)
        let error = #expect(throws: AWSError.self) { try resolver.endpoint(for: .ec2, region: "us-east-1") }
        #expect(error?.message.contains("AWS_ENDPOINT_URL") == true)
        #expect(error?.message.contains("pass") == false)
    }

    @Test(.enabled(if: Vectors.arePresent, Vectors.absent))
    func agreesWithTheSharedCases() throws {
        let path = "botocore/tests/functional/configured_endpoint_urls/profile-tests.json"
        let suite = try #require(try Vectors.json(path)["testSuites"]?.array?.first)
        let cases = try #require(suite["endpointUrlTests"]?.array)
        var agreed = 0
        for one in cases {
            let profile = one["profile"]?.string ?? ""
            let settings = suite["profiles"]?[profile] ?? [:]
            var config = Self.section("profile \(profile)", settings)
            if let name = settings["services"]?.string, let section = suite["services"]?[name] {
                config += Self.section("services \(name)", section)
            }
            let environment = suite["environments"]?[one["environment"]?.string ?? ""]?.object ?? [:]
            let resolver = resolver(
                environment: environment.compactMapValues(\.string),
                config: config,
                profile: profile,
                client: suite["client_configs"]?[one["client_config"]?.string ?? ""] ?? [:]
            )
            let id = one["service"]?.string == "s3" ? "S3" : "DynamoDB"
            let service = AWSService(id: id, endpointPrefix: id.lowercased(), wire: .json, apiVersion: "")
            let endpoint = try resolver.endpoint(for: service, region: "fake-region-10")
            let url = endpoint.url(hostPrefix: "")
            if url == one["output"]?["endpointUrl"]?.string {
                agreed += 1
            } else {
                Issue.record("\(one["name"]?.string ?? ""): \(url), not \(one["output"]?.compactText ?? "")")
            }
        }
        print("configured endpoint URLs: \(agreed)/\(cases.count)")
        #expect(agreed == 39)
    }

    private func resolver(
        environment: [String: String],
        config: String,
        profile: String?,
        client: JSONValue = [:]
    ) -> EndpointResolver {
        var configuration = AWSConfiguration(profile: profile, endpointURL: client["endpoint_url"]?.string)
        configuration.ignoresConfiguredEndpointURLs = client["ignore_configured_endpoint_urls"]?.flag
        let settings = SharedSettings(environment: environment, profile: profile) { path in
            path.hasSuffix("/config") ? Data(config.utf8) : nil
        }
        return EndpointResolver(configuration: configuration, settings: settings)
    }

    private static func section(_ heading: String, _ settings: JSONValue) -> String {
        var text = "[\(heading)]\n"
        for (name, value) in (settings.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let nested = value.object {
                text += "\(name) =\n" + nested.map { "  \($0.key)=\($0.value.string ?? "")\n" }.joined()
            } else {
                text += "\(name)=\(value.scalarText ?? "")\n"
            }
        }
        return text + "\n"
    }
}
