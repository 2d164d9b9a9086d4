public import AWSClient
public import CloudTrail
public import Foundation
private import JSON

/// Log files in S3.
///
/// Needs `s3:GetObject` on the trail's files, and `s3:ListBucket` on the bucket: without the latter S3 answers 403 for an object
/// that is gone, which cannot be told from one that may not be read.
public struct S3LogFiles: LogFileSource {
    /// The largest object that is fetched, in bytes as stored; CloudTrail starts a new file long before.
    public static let maximumBytes = 64 << 20
    private static let getObject = AWSOperation(
        .s3, "GetObject", method: "GET", uri: "/{Bucket}/{Key+}",
        placements: ["Bucket": .label("Bucket"), "Key": .label("Key")], reply: .bytes(maximum: maximumBytes))

    private let client: AWSClient
    private let region: String

    /// The files that `client` may read; buckets of unknown place are first looked for in `region`.
    public init(client: AWSClient, region: String) {
        self.client = client
        self.region = region
    }

    /// Fetches one file, in whatever region its bucket is.
    ///
    /// - Throws: ``EnvelopeError`` as the port says.
    public func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data {
        do throws(AWSError) {
            return try await client.call(
                Self.getObject, ["Bucket": .string(file.bucket), "Key": .string(file.key)],
                in: AWSScope(region: file.region ?? region)
            ).bytes
        } catch {
            throw Self.reason(error, file)
        }
    }

    private static func reason(_ error: AWSError, _ file: LogFileNotice) -> EnvelopeError {
        switch (error.code, error.httpStatus) {
        // A 404 without S3's own word comes from whoever else answered, a proxy or a wrong endpoint: the file may still be there.
        case ("NoSuchKey", _), ("NoSuchBucket", _):
            EnvelopeError(
                .logFileGone,
                "\(file.description) is no longer there, and with it its events; fetch them from CloudTrail with LookupEvents"
            )
        case ("InvalidObjectState", _):
            EnvelopeError(.logFileDenied, "\(file.description) is archived: restore it, then redrive the message")
        case (_, 401), (_, 403):
            EnvelopeError(
                .logFileDenied,
                "\(file.description) may not be read (\(error.code)): allow s3:GetObject on it, s3:ListBucket on the bucket,"
                    + " and kms:Decrypt where the trail encrypts with a key of yours")
        case ("bodyTooLarge", _):
            EnvelopeError(
                .badGzip, "\(file.description) is larger than \(maximumBytes) bytes; no log file of CloudTrail is")
        default: EnvelopeError(.logFileUnread, "\(file.description) could not be fetched: \(error.description)")
        }
    }
}
