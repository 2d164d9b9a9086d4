/// One of AWS's separate clouds: ARNs, hosts and credentials never cross from one to another.
///
/// Told from the region's name by the patterns of botocore's `partitions.json`, so that a region of tomorrow is already
/// in the right cloud.
public struct Partition: Sendable, Hashable {
    /// The second field of every ARN in it, such as `aws-cn`.
    public let id: String

    private static let prefixes: [(prefix: String, id: String)] = [
        ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-isob-", "aws-iso-b"), ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"), ("eu-isoe-", "aws-iso-e"), ("eusc-", "aws-eusc"),
    ]

    /// The partition of a region.
    public init(region: String) {
        id = Self.prefixes.first { region.utf8.starts(with: $0.prefix.utf8) }?.id ?? "aws"
    }

    /// Whether a text has the shape of a region's name, so that nothing else can become part of a host name.
    public static func isRegion(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let number = parts.last, let geography = parts.first else { return false }
        return (2...4).contains(geography.count) && (1...2).contains(number.count)
            && number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts.dropLast().allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            }
    }
}
