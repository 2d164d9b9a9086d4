private import Foundation

/// The fields of an Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// See "Identify AWS resources with Amazon Resource Names (ARNs)" in the IAM user guide.
public struct ARNParts: Sendable, Hashable {
    /// The cloud: `aws`, `aws-cn` …
    public let partition: String
    /// The service's namespace.
    public let service: String
    /// The region; empty for global resources.
    public let region: String
    /// The account; empty where the name alone is unique, as with buckets, and for public images and snapshots.
    public let account: String
    /// Everything after the fifth colon.
    public let resource: String

    /// Reads an ARN; `nil` for any other text.
    public init?(_ text: String) {
        // Bytes, not characters: every resource of every event is taken apart, and a colon is ASCII.
        let bytes = Array(text.utf8)
        guard bytes.starts(with: "arn:".utf8) else { return nil }
        var start = 4
        func next() -> String? {
            guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
            defer { start = colon + 1 }
            return String(decoding: bytes[start..<colon], as: UTF8.self)
        }
        guard let partition = next(), let service = next(), let region = next(), let account = next(),
            !partition.isEmpty, !service.isEmpty, start < bytes.count
        else { return nil }
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        resource = String(decoding: bytes[start...], as: UTF8.self)
    }

    /// What stands after the last slash, or after the last colon where there is no slash: the name in most ARNs.
    public static func lastPart(of arn: String) -> String? {
        let separator = UInt8(ascii: arn.utf8.contains(UInt8(ascii: "/")) ? "/" : ":")
        let start = arn.utf8.lastIndex(of: separator).map { arn.utf8.index(after: $0) } ?? arn.startIndex
        return start == arn.endIndex ? nil : String(arn[start...])
    }

    /// What stands behind the last slash or colon, by which ledgers find an ARN; of a text with neither, all of it.
    package static func tail(of arn: String) -> String {
        arn.utf8.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
            .map { String(arn[arn.utf8.index(after: $0)...]) } ?? arn
    }

    /// The role in `…:assumed-role/<role>/<session>`.
    package static func roleName(ofSession arn: String) -> String? {
        var colons = 0
        let isBeforeResource = { (byte: UInt8) in
            if byte == UInt8(ascii: ":") { colons += 1 }
            return colons < 5
        }
        let resource = arn.utf8.drop(while: isBeforeResource).dropFirst()
        guard resource.starts(with: "assumed-role/".utf8) else { return nil }
        let name = resource.dropFirst("assumed-role/".utf8.count).prefix { $0 != UInt8(ascii: "/") }
        return name.isEmpty ? nil : String(Substring(name))
    }
}
