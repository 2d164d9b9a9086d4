private import Foundation

/// The URL of an SQS queue, and what it says: the queue's name, its region, and where it is called.
public struct QueueAddress: Sendable, Hashable, CustomStringConvertible {
    /// The URL as it was given: SQS compares it as it stands.
    public let url: String
    /// The queue's name: the last part of the path.
    public let name: String
    /// The region in the host's name; `nil` where the host says none, as with a test double of SQS.
    public let region: String?
    /// Where the queue is called when its host is not the one that a region's name leads to: a FIPS or dual-stack endpoint, a
    /// VPC endpoint, or a test double of SQS. Who writes such a host wants the calls to go there.
    public let endpoint: String?

    /// Why a text is no queue's URL.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was given, and what it should look like.
        public let description: String
    }

    /// Reads a URL such as `https://sqs.eu-central-1.amazonaws.com/123456789012/autotagger`.
    ///
    /// The older hosts `eu-central-1.queue.amazonaws.com` and `queue.amazonaws.com` (us-east-1) are still given out by
    /// some tools ("Amazon SQS endpoints and quotas" in the AWS general reference).
    /// - Throws: ``Invalid`` for anything that is no absolute URL with a queue's name in its path.
    public init(_ url: String) throws(Invalid) {
        guard let parts = URLComponents(string: url), ["https", "http"].contains(parts.scheme),
            let host = parts.host?.lowercased(),
            !host.isEmpty, let name = parts.path.split(separator: "/").last
        else {
            throw Invalid(
                description: "'\(url)' is no queue's URL, which looks like"
                    + " https://sqs.eu-central-1.amazonaws.com/123456789012/NAME:"
                    + " 'aws sqs get-queue-url --queue-name NAME' prints it")
        }
        self.url = url
        self.name = String(name)
        let labels = host.split(separator: ".").map(String.init)
        let isAmazons =
            host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") || host.hasSuffix(".api.aws")
        // `api.aws` are the dual-stack endpoints, and `sqs-fips` the FIPS ones: those stay as they are.
        let isUsual = isAmazons && !host.hasSuffix(".api.aws") && (labels[0] == "sqs" || labels.contains("queue"))
        if labels[0] == "queue", isAmazons {
            region = "us-east-1"
        } else {
            region = isAmazons ? labels.first { $0.isRegion } : nil
        }
        endpoint = isUsual ? nil : "\(parts.scheme ?? "https")://\(host)\(parts.port.map { ":\($0)" } ?? "")"
    }

    /// The URL.
    public var description: String { url }
}

extension String {
    /// Whether it looks like `eu-central-1` or `us-gov-west-1`: words, and a number at the end.
    fileprivate var isRegion: Bool {
        let words = split(separator: "-")
        guard (3...4).contains(words.count), let last = words.last, Int(last) != nil else { return false }
        return words.dropLast().allSatisfy { $0.allSatisfy(\.isLetter) } && words[0].count <= 4
    }
}
