private import Foundation
internal import JSON

/// A log file in S3 that a delivery names instead of carrying its events.
///
/// See "Event message structure" in the S3 user guide, "EventBridge event message structure" there, and "Configuring Amazon SNS
/// notifications for CloudTrail".
public struct LogFileNotice: Sendable, Hashable {
    /// The bucket.
    public let bucket: String
    /// The object's key as it really is, no longer encoded for an URL.
    public let key: String
    /// Where the bucket is; CloudTrail's own messages do not say.
    public let region: String?

    /// A notice of that file.
    public init(bucket: String, key: String, region: String? = nil) {
        self.bucket = bucket
        self.key = key
        self.region = region
    }

    /// The file as people write it.
    public var description: String { "s3://\(bucket)/\(key)" }

    /// What the key says about the object, by the names that CloudTrail gives its files.
    ///
    /// A copy keeps the file's name or the folders around it, so either is enough.
    var kind: Kind {
        let folders = key.split(separator: "/")
        let name = folders.last ?? ""
        if folders.contains("CloudTrail-Digest") || name.contains("_CloudTrail-Digest_") { return .digest }
        let isLog = folders.dropLast().contains("CloudTrail") || name.contains("_CloudTrail_")
        return isLog && (name.hasSuffix(".json.gz") || name.hasSuffix(".json")) ? .log : .other
    }

    /// The objects that lie in a trail's bucket.
    enum Kind { case log, digest, other }
}

extension LogFileNotice {
    /// What a notification turned out to be.
    enum Finding {
        case file(LogFileNotice)
        case other(EnvelopeError)

        /// What a document that is a notification tells of; `nil` when it is none.
        static func all(in value: JSONValue) -> [Finding]? {
            if let s3 = value["s3"] { return [native(value, s3)] }
            if value["detail-type"]?.string == "Object Created", let detail = value["detail"],
                let bucket = detail["bucket"]
            {
                return [
                    finding(bucket["name"]?.string, detail["object"]?["key"]?.string, value["region"]?.string)
                ]
            }
            if let keys = value["s3ObjectKey"] {
                let all = keys.array ?? [keys]
                return all.map { finding(value["s3Bucket"]?.string, $0.string, nil) }
            }
            if value["Event"]?.string == "s3:TestEvent" {
                return [.other(EnvelopeError(.testNotice, "S3's test message: notifications are set up"))]
            }
            return nil
        }

        /// S3's own notification. Its keys are encoded as in a form, and it tells of deletions too.
        private static func native(_ value: JSONValue, _ s3: JSONValue) -> Finding {
            let key = s3["object"]?["key"]?.string.map {
                let spaced = $0.replacing("+", with: " ")
                return spaced.removingPercentEncoding ?? spaced
            }
            let event = value["eventName"]?.string ?? ""
            guard event.isEmpty || event.hasPrefix("ObjectCreated:") else {
                return .other(
                    EnvelopeError(.otherObject, "a notice of \(event) for \(key ?? "?"): no log file was written"))
            }
            return finding(s3["bucket"]?["name"]?.string, key, value["awsRegion"]?.string)
        }

        private static func finding(_ bucket: String?, _ key: String?, _ region: String?) -> Finding {
            guard let bucket, let key, !bucket.isEmpty, !key.isEmpty else {
                return .other(
                    EnvelopeError(.notCloudTrail, "a notice about an S3 object that does not name bucket and key"))
            }
            let notice = LogFileNotice(bucket: bucket, key: key, region: region)
            switch notice.kind {
            case .log: return .file(notice)
            case .digest:
                return .other(
                    EnvelopeError(
                        .digest, "\(notice.description) is a digest file; it vouches for log files and holds no events")
                )
            case .other:
                return .other(
                    EnvelopeError(.otherObject, "\(notice.description) is no CloudTrail log file by its name"))
            }
        }

        func item(messageID: String?) -> Envelope.Item {
            switch self {
            case .other(let error): return Envelope.Item(messageID: messageID, content: .failure(error))
            case .file(let notice):
                let error = EnvelopeError(
                    .logFileNotice,
                    "a notice about the log file \(notice.description), not the file itself; download the file and pass that"
                )
                return Envelope.Item(messageID: messageID, content: .failure(error), logFile: notice)
            }
        }
    }
}
