import JSON
import Testing

@testable import AWSClient

@Suite struct FailedPartsTests {
    @Test(arguments: [
        (
            [
                "FailedResourcesMap": [
                    "arn:a": ["StatusCode": 400, "ErrorCode": "InvalidParameterException", "ErrorMessage": "no"]
                ]
            ],
            ["arn:a": "InvalidParameterException"], AWSError.Kind.service
        ),
        (
            ["FailedResourcesMap": ["arn:a": ["StatusCode": 429, "ErrorCode": "ThrottlingException"]]],
            ["arn:a": "ThrottlingException"], .throttled
        ),
        (["Failed": [["Id": "1", "Code": "InternalError", "SenderFault": false]]], ["1": "InternalError"], .transient),
        (["failures": [["arn": "arn:b", "reason": "MISSING"]]], ["arn:b": "MISSING"], .service),
        (["Failed": [["Id": "x"]]], ["x": "partFailed"], .service),
    ] as [(JSONValue, [String: String], AWSError.Kind)])
    func areErrorsOfThoseParts(output: JSONValue, codes: [String: String], kind: AWSError.Kind) {
        let failed = AWSReply(output: output, requestID: "r").failedParts
        #expect(failed.mapValues(\.code) == codes)
        #expect(failed.values.allSatisfy { $0.kind == kind && $0.requestID == "r" && !$0.message.isEmpty })
    }

    @Test(arguments: [[:], ["FailedResourcesMap": [:]], ["Failed": []], ["Successful": [["Id": "1"]]]] as [JSONValue])
    func aWholeSuccessHasNone(output: JSONValue) {
        #expect(AWSReply(output: output).failedParts.isEmpty)
    }
}
