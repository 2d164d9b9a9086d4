import JSON
import Testing

@testable import Doctor

/// Which writing management events a trail takes, by its selectors.
@Suite struct TrailSelectorsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: String
        var any = true
        var ec2 = true
        var kms = true
    }

    static let cases = [
        Case(testDescription: "the default", reply: basic(#"{"ReadWriteType":"All","IncludeManagementEvents":true}"#)),
        Case(
            testDescription: "writes alone",
            reply: basic(#"{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true}"#)),
        Case(
            testDescription: "reads alone",
            reply: basic(#"{"ReadWriteType":"ReadOnly","IncludeManagementEvents":true}"#),
            any: false, ec2: false, kms: false),
        Case(
            testDescription: "data events alone",
            reply: basic(#"{"ReadWriteType":"All","IncludeManagementEvents":false}"#), any: false, ec2: false,
            kms: false),
        Case(
            testDescription: "all but KMS",
            reply: basic(
                #"{"IncludeManagementEvents":true,"ExcludeManagementEventSources":["kms.amazonaws.com"]}"#), kms: false),
        Case(testDescription: "none", reply: #"{"EventSelectors":[]}"#, any: false, ec2: false, kms: false),
        Case(testDescription: "advanced, all", reply: advanced(#"{"Field":"eventCategory","Equals":["Management"]}"#)),
        Case(
            testDescription: "advanced, reads alone",
            reply: advanced(
                #"{"Field":"eventCategory","Equals":["Management"]},{"Field":"readOnly","Equals":["true"]}"#),
            any: false, ec2: false, kms: false),
        Case(
            testDescription: "advanced, all but KMS",
            reply: advanced(
                #"{"Field":"eventCategory","Equals":["Management"]},{"Field":"eventSource","NotEquals":["kms.amazonaws.com"]}"#
            ), kms: false),
        Case(
            testDescription: "advanced, data events alone",
            reply: advanced(#"{"Field":"eventCategory","Equals":["Data"]}"#), any: false, ec2: false, kms: false),
        Case(
            testDescription: "advanced, narrowed by the caller: not to be judged, so taken as met",
            reply: advanced(
                #"{"Field":"eventCategory","Equals":["Management"]},{"Field":"userIdentity.arn","StartsWith":["arn"]}"#)
        ),
    ]

    @Test(arguments: cases)
    func takes(_ sample: Case) throws {
        let selectors = TrailSelectors(try JSONValue(parsing: sample.reply))
        #expect(selectors.takeWrites == sample.any)
        #expect(selectors.takeWrites(of: "ec2.amazonaws.com") == sample.ec2)
        #expect(selectors.takeWrites(of: "kms.amazonaws.com") == sample.kms)
    }

    private static func basic(_ selector: String) -> String { #"{"EventSelectors":[\#(selector)]}"# }

    private static func advanced(_ fields: String) -> String {
        #"{"AdvancedEventSelectors":[{"Name":"x","FieldSelectors":[\#(fields)]}]}"#
    }
}
