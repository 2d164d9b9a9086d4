import CloudTrail
import JSON

enum CloudTrailEventBuilder {
    static func event(_ response: JSONValue) -> CloudTrailEvent {
        CloudTrailEvent(record: [
            "eventSource": "sample.amazonaws.com", "eventName": "CreateThing", "awsRegion": "eu-west-1",
            "recipientAccountId": "123456789012", "responseElements": response,
        ])
    }
}
