internal import CurlHTTP
internal import Locking

/// Where S3's buckets turned out to be, when it was not where they were looked for.
///
/// S3 answers a request that was signed for another region with 301, 307 or 400, and says in `x-amz-bucket-region` where to
/// ask. See "Making requests using virtual-hosted-style, redirects" in the S3 user guide.
final class BucketRegions: Sendable {
    /// More than one program has to do with; a flood of made-up names must not take memory.
    private static let capacity = 1000
    private let known = Locked<[String: String]>([:])

    /// The region of a bucket that was asked for elsewhere before.
    func region(of bucket: String) -> String? {
        known.withLock { $0[bucket] }
    }

    /// Learns from a refused request; `true` when asking in another region is worth a try.
    ///
    /// A region of another partition is not believed: credentials are good in one alone.
    func learn(_ bucket: String, from response: HTTPResponse, askedIn region: String) -> Bool {
        guard [301, 307, 400].contains(response.status), let right = response.header("x-amz-bucket-region"),
            right != region, AWSPartition(region: right).id == AWSPartition(region: region).id
        else { return false }
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[bucket] = right
        }
        return true
    }
}
