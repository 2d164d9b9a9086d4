import Foundation
import JSON

/// A CloudFormation template: a skeleton in YAML with what is derived from the handlers filled in.
///
/// In a skeleton the lines between `#: each rule` (or `#: each policy`) and `#: end` stand once for every pattern or policy,
/// with its number for `<n>` and its document for `<json>`.
struct CloudFormationTemplate {
    /// The bytes that CloudFormation takes within a request; a template in a bucket may have a megabyte ("CloudFormation
    /// quotas" in its user guide).
    static let longestInRequest = 51_200

    /// The skeletons, in the folder `CloudFormation` beside this file.
    enum Skeleton {
        /// Where AutoTagger runs.
        case central
        /// What forwards to it.
        case member

        fileprivate var text: String {
            switch self {
            case .central: String(decoding: PackageResources.autotagger_yaml, as: UTF8.self)
            case .member: String(decoding: PackageResources.autotagger_member_yaml, as: UTF8.self)
            }
        }
    }

    let skeleton: Skeleton
    let patterns: [JSONValue]
    let policies: [JSONValue]

    /// The template.
    var text: String {
        var lines: [String] = []
        var block: (values: [JSONValue], lines: [String])?
        for line in skeleton.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            switch line.trimmingCharacters(in: .whitespaces) {
            case "#: each rule": block = (patterns, [])
            case "#: each policy": block = (policies, [])
            case "#: end":
                for (index, value) in (block?.values ?? []).enumerated() {
                    lines += (block?.lines ?? []).map { Self.filled($0, number: index + 1, value: value) }
                }
                block = nil
            default:
                if block == nil { lines.append(line) } else { block?.lines.append(line) }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func filled(_ line: String, number: Int, value: JSONValue) -> String {
        let numbered = line.replacing("<n>", with: "\(number)")
        guard numbered.contains("<json>") else { return numbered }
        // JSON is YAML, as long as it stays to the right of its key.
        let margin = line.prefix { $0 == " " }.count
        return numbered.replacing("<json>", with: value.laidOut(margin: margin))
    }
}
