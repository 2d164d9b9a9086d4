import Configuration
import Foundation
import Logging
import Testing

@testable import AutoTaggerLambda

/// What the function takes from its environment, and that an empty variable counts as none.
@Suite struct LambdaSettingsTests {
    private static let names = [
        "AUTOTAGGER_CONFIG", "AUTOTAGGER_SETTINGS", "AUTOTAGGER_REGION", "AUTOTAGGER_ENDPOINT_URL",
        "AUTOTAGGER_HANDLERS", "AUTOTAGGER_LEDGER", "AUTOTAGGER_LOG_LEVEL", "AUTOTAGGER_LOG_FORMAT",
    ]
    private static let fromLambda = [
        "AWS_REGION": "eu-west-1", "AWS_LAMBDA_LOG_LEVEL": "ERROR", "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "LAMBDA_TASK_ROOT": "/nowhere",
    ]

    @Test func emptyVariablesAreNone() throws {
        let empty = Self.fromLambda.merging(Self.names.map { ($0, "") }) { $1 }
        let settings = try LambdaSettings.load(empty)
        #expect(settings.aws.region == "eu-west-1")
        #expect(settings.aws.endpointURL == nil && settings.handlersFolder == nil)
        #expect(try LambdaSettings.ledger(settings, empty) == .file(path: "/tmp/autotagger/autotagger.sqlite"))
        #expect(LambdaLog.level(empty) == .error && LambdaLog.isJSON(empty))
    }

    @Test func ourOwnVariablesGoFirst() throws {
        let own = Self.fromLambda.merging([
            "AUTOTAGGER_SETTINGS": "aws: {region: eu-west-2, endpointURL: 'http://a'}",
            "AUTOTAGGER_REGION": "eu-west-3", "AUTOTAGGER_ENDPOINT_URL": "http://b", "AUTOTAGGER_HANDLERS": "/h",
            "AUTOTAGGER_LEDGER": "dynamodb://tags", "AUTOTAGGER_LOG_LEVEL": "debug", "AUTOTAGGER_LOG_FORMAT": "text",
        ]) { $1 }
        let settings = try LambdaSettings.load(own)
        #expect(settings.aws.region == "eu-west-3" && settings.aws.endpointURL == "http://b")
        #expect(settings.handlersFolder == "/h")
        #expect(try LambdaSettings.ledger(settings, own) == .table(name: "tags", region: nil))
        #expect(LambdaLog.level(own) == .debug && !LambdaLog.isJSON(own))
    }
}
