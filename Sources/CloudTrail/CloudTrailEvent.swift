public import Foundation
public import JSON

/// One record that CloudTrail wrote: who called which API, where and when, with what, and what came back.
///
/// The fields every decision needs are typed; everything else stays reachable through ``record`` by path, because the
/// parameters of some 18,000 AWS operations pass through here. Reading never fails: a field that is missing or odd is
/// empty, and the gate names it. See "CloudTrail record contents" in the CloudTrail user guide.
///
/// Nothing of it changes, so one object serves all that handle it: it goes through some twenty hands, and a copy for each would
/// count up and down all its texts.
public final class CloudTrailEvent: Sendable, Hashable {
    /// The whole record, with stringified JSON in parameters and response already opened.
    public let record: JSONValue
    /// The record's own id; the same id is delivered more than once.
    public let eventID: String
    /// The service's host name such as `ec2.amazonaws.com`. Empty in Insight records.
    public let eventSource: String
    /// The API action, with its date where the service adds one (`CreateFunction20150331`).
    public let eventName: String
    /// Where the call was made; global services write the region of their control plane.
    public let region: String
    /// When the call was made. `nil` when the record has no time that can be read.
    public let eventTime: Date?
    /// Who made the call, as CloudTrail wrote it.
    public let userIdentity: UserIdentity
    /// The account whose trail delivered the record; older records have only the caller's own account.
    public let accountID: String
    /// The error's code when the call failed, such as `Client.UnauthorizedOperation`.
    public let errorCode: String?
    /// The error's text. Some failed calls have only this.
    public let errorMessage: String?
    /// Whether the call could change anything. Written as a flag or as text, or not at all in old records.
    public let isReadOnly: Bool?

    /// Reads a record; whatever it lacks stays empty.
    public init(record: JSONValue) {
        self.record = Self.openingStrings(in: record)
        eventID = record.member("eventID")?.scalarText ?? ""
        eventSource = (record.member("eventSource")?.string ?? "").lowercased()
        eventName = record.member("eventName")?.string ?? ""
        region = record.member("awsRegion")?.string ?? ""
        eventTime = record.member("eventTime")?.string.flatMap(EventTime.parse)
        userIdentity = UserIdentity(record.member("userIdentity") ?? .null)
        accountID = record.member("recipientAccountId")?.scalarText ?? userIdentity.accountID ?? ""
        errorCode = record.member("errorCode")?.scalarText.flatMap { $0.isEmpty ? nil : $0 }
        errorMessage = record.member("errorMessage")?.scalarText.flatMap { $0.isEmpty ? nil : $0 }
        isReadOnly = record.member("readOnly")?.flag
    }

    /// Whether both are the same record.
    public static func == (one: CloudTrailEvent, other: CloudTrailEvent) -> Bool {
        one === other || one.record == other.record
    }

    /// Equal records hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(record) }

    /// What the caller asked for.
    public var requestParameters: JSONValue { record.member("requestParameters") ?? .null }

    /// What AWS answered. `null` for many calls that succeeded all the same.
    public var responseElements: JSONValue { record.member("responseElements") ?? .null }

    /// The program that made the call, which tells workloads from people where the identity does not.
    public var userAgent: String? { record.member("userAgent")?.string }

    /// The time as AWS writes it, in UTC and whole seconds; empty when unknown.
    public var eventTimeText: String { eventTime.map(EventTime.text) ?? "" }

    /// The partition that the region belongs to: `aws`, `aws-cn`, `aws-us-gov` and so on.
    public var partition: String { Partition(region: region).id }

    /// Whether a JSON object can be a record at all.
    ///
    /// Insight records carry neither source nor name, and test events are bare, so two of the fields which every record
    /// has are enough; S3 notifications look alike and are told apart by their `s3` member.
    public static func looksLikeRecord(_ value: JSONValue) -> Bool {
        guard value.isObject, value.member("s3") == nil else { return false }
        let marks = ["eventID", "eventVersion", "eventSource", "eventName", "eventTime", "awsRegion", "userIdentity"]
        return marks.count { value.member($0) != nil } >= 2
            && (value.member("eventName") != nil || value.member("eventID") != nil)
    }

    /// Opens parameters and responses that some writers log as a JSON text inside the JSON.
    private static func openingStrings(in record: JSONValue) -> JSONValue {
        let closed = ["requestParameters", "responseElements"].filter { record[$0]?.isString == true }
        guard !closed.isEmpty, var members = record.object else { return record }
        for key in closed { members[key] = members[key].flatMap { try? JSONValue(parsingTextOf: $0) } ?? .null }
        return .object(members)
    }
}
