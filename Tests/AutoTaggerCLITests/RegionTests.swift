import Configuration
import CurlHTTP
import Logging
import Testing

@testable import Composition

/// Which region is called where no event names one.
@Suite struct RegionTests {
    @Test(
        "The settings go first, and an empty variable is none",
        arguments: [
            ("eu-north-1", ["AWS_REGION": "eu-west-1"], "eu-north-1"),
            (nil, ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"], "eu-west-1"),
            (nil, ["AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-2"], "eu-west-2"),
            (nil, ["AWS_REGION": "", "AWS_DEFAULT_REGION": ""], "us-east-1"),
        ] as [(String?, [String: String], String)])
    func isChosen(named: String?, environment: [String: String], region: String) {
        var settings = Settings.defaults
        settings.aws.region = named
        let assembly = Assembly(
            settings: settings, environment: environment, transport: CurlTransport(configuration: CurlConfiguration()),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(assembly.region == region)
    }
}
