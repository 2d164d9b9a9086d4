import CloudTrail
import Foundation
import JSON
import Testing

@Suite struct RecordTests {
    @Test(arguments: [
        ("2023-08-03T04:36:27Z", "2023-08-03T04:36:27Z"), ("2025-03-26 16:43:57.000000000", "2025-03-26T16:43:57Z"),
        ("2022-02-08 09:19:07+11:00", "2022-02-07T22:19:07Z"), ("2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05Z"),
    ])
    func readsEveryTimeThatRecordsHold(text: String, expected: String) throws {
        #expect(EventTime.text(try #require(EventTime.parse(text))) == expected)
    }

    @Test(arguments: ["", "yesterday", "2023-08-03", "2023-99-03T04:36:27Z", "9999999999999999999"])
    func refusesWhatIsNoTime(text: String) {
        #expect(EventTime.parse(text) == nil)
    }

    @Test(arguments: [
        ("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"), ("eusc-de-east-1", "aws-eusc"), ("mars-north-1", "aws"),
    ])
    func knowsPartitions(region: String, partition: String) {
        #expect(Partition(region: region).id == partition)
    }

    @Test(arguments: [
        ("us-east-1", true), ("ap-northeast-2", true), ("us-gov-west-1", true), ("mx-central-1", true),
        ("us-east-1.evil.example", false), ("", false), ("us-east-", false), ("US-EAST-1", false),
        ("us-east-1/..", false), ("a-b-1", false), ("{region}", false),
    ])
    func onlyRegionsAreRegions(text: String, isRegion: Bool) {
        #expect(Partition.isRegion(text) == isRegion)
    }

    @Test(
        arguments: [
            (JSONValue.bool(true), true), ("true", true), (false, false), ("False", false), (nil, nil), ("maybe", nil),
        ] as [(JSONValue, Bool?)])
    func readOnlyMayBeFlagOrText(value: JSONValue, expected: Bool?) {
        #expect(CloudTrailEvent(record: ["readOnly": value]).isReadOnly == expected)
    }

    @Test func anEmptyRecordIsReadAsNothing() {
        let event = CloudTrailEvent(record: [:])
        #expect(event.eventID.isEmpty && event.eventSource.isEmpty && event.eventTime == nil)
        #expect(event.userIdentity.type == nil && event.responseElements == .null)
    }

    @Test func theReceivingAccountCountsAndTheCallersStandsIn() {
        let caller: JSONValue = ["accountId": "111122223333"]
        let old = CloudTrailEvent(record: ["userIdentity": caller])
        let new = CloudTrailEvent(record: ["userIdentity": caller, "recipientAccountId": "444455556666"])
        #expect(old.accountID == "111122223333")
        #expect(new.accountID == "444455556666")
    }
}
