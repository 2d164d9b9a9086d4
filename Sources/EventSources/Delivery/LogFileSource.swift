public import CloudTrail
public import Foundation

/// Where the log files lie that notifications name: S3 in production, a table in tests.
public protocol LogFileSource: Sendable {
    /// The bytes of a log file as they are stored, compressed or not.
    ///
    /// - Throws: ``EnvelopeError`` with the code ``EnvelopeError/Code/logFileGone`` when there is no such object any more,
    ///   ``EnvelopeError/Code/logFileDenied`` when it may not be read, ``EnvelopeError/Code/logFileUnread`` for everything else.
    func contents(of file: LogFileNotice) async throws(EnvelopeError) -> Data
}
