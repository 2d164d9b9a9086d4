import Foundation
import JSON
import Testing

/// A healthy deployment with one piece missing or wrong, and what the doctor must say of it.
struct BrokenSetUp: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the doctor is told; the queue unless said otherwise.
    var arguments = ["--queue-url", "$queue"]
    /// Whether a function is fed from the queue.
    var withFunction = false
    /// What is broken, and how.
    var harm: @Sendable (inout DoctorSite) async throws -> Void
    /// The only checks that may say broken.
    var broken: Set<String> = []
    /// The only checks that may warn.
    var warned: Set<String> = []
    /// What the lines of those that may say broken, or else of those that may warn, must speak of; `$queue` stands for
    /// the fact of that name.
    var mentions: [String] = []
    var status: Int32 = 0
}

extension BrokenSetUp {
    /// Pieces on this machine.
    static let local = [
        BrokenSetUp(
            testDescription: "a mistake in the settings",
            harm: {
                $0.place = $0.place.with(["AUTOTAGGER_CONFIG": try $0.place.write("acounts: own\n", to: "wrong.yaml")])
            },
            broken: ["settings"], mentions: ["wrong.yaml:1:1", "accounts"], status: 78),
        BrokenSetUp(
            testDescription: "a mistake in a handler of one's own",
            harm: { site in
                try FileManager.default.createDirectory(
                    at: site.place.folder.appending(component: "own"), withIntermediateDirectories: true)
                _ = try site.place.write("plugin: x\nsource: x\nresource: {}\n", to: "own/x.yaml")
                site.place = site.place.with(["AUTOTAGGER_HANDLERS": site.place.path("own")])
            },
            broken: ["handlers"], mentions: ["x.yaml", "resources"], status: 78),
        BrokenSetUp(
            testDescription: "all handlers switched off",
            harm: { try settings("handlers: {disable: [\"*\"]}\n", of: &$0) },
            broken: ["handlers"], mentions: ["handlers: disable"], status: 78),
        BrokenSetUp(
            testDescription: "the account not on the list",
            harm: { try settings("accounts: [\"999999999999\"]\n", of: &$0) },
            broken: ["accounts"], mentions: ["$account", "accountNotAllowed"], status: 78),
        BrokenSetUp(
            testDescription: "the region not on the list", harm: { try settings("regions: [\"eu-*\"]\n", of: &$0) },
            broken: ["region"], mentions: ["us-east-1", "eu-*"], status: 78),
        BrokenSetUp(
            testDescription: "a region that is none",
            harm: { $0.place = $0.place.with(["AWS_REGION": "Frankfurt"]) },
            broken: ["region"], mentions: ["'Frankfurt'", "AWS_REGION"], status: 78),
        BrokenSetUp(
            testDescription: "a ledger that cannot be written",
            harm: {
                let file = try $0.place.write("", to: "file")
                $0.place = $0.place.with(["AUTOTAGGER_LEDGER": file + "/ledger.sqlite"])
            },
            broken: ["ledger"], mentions: ["/file", "--ledger"], status: 78),
        BrokenSetUp(
            testDescription: "a ledger that is none",
            harm: { _ = try $0.place.write(String(repeating: "no database ", count: 100), to: "ledger.sqlite") },
            broken: ["ledger"], mentions: ["ledger.sqlite", "broken"], status: 78),
        BrokenSetUp(
            testDescription: "tagging that fails",
            harm: { site in
                try await site.fault("denied", on: "CreateTags")
                _ = try await site.processVolume()
            },
            broken: ["failures"], mentions: ["ec2:CreateTags", "ledger retry --failed"], status: 77),
        BrokenSetUp(
            testDescription: "settings that skip all that comes",
            harm: { site in
                try settings("identities: {exclude: [\"*\"]}\n", of: &site)
                _ = try await site.processVolume()
            },
            warned: ["skipped"], mentions: ["identityExcluded", "identities"]),
    ]

    /// Who asks, and whether AWS answers.
    static let callers = [
        BrokenSetUp(
            testDescription: "no credentials",
            harm: {
                $0.place = $0.place.with([
                    "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil, "AWS_SESSION_TOKEN": nil,
                ])
            },
            broken: ["credentials"], mentions: ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"], status: 77),
        BrokenSetUp(
            testDescription: "credentials that expired",
            harm: { try await $0.fault("expired", on: "GetCallerIdentity") },
            broken: ["credentials"], mentions: ["expired", "aws sso login"], status: 77),
        BrokenSetUp(
            testDescription: "a key that AWS does not know",
            harm: { try await $0.fault("unknownKey", on: "GetCallerIdentity") },
            broken: ["credentials"], mentions: ["does not know the access key"], status: 77),
        BrokenSetUp(
            testDescription: "a profile that is not there", arguments: ["--queue-url", "$queue", "--profile", "ghost"],
            harm: { $0.place = $0.place.with(["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil]) },
            broken: ["credentials"], mentions: ["ghost", "--profile"], status: 77),
        BrokenSetUp(
            testDescription: "AWS out of reach",
            harm: { $0.place = $0.place.with(["AWS_ENDPOINT_URL": "http://127.0.0.1:9"]) },
            broken: ["credentials"], mentions: ["127.0.0.1:9", "could not be reached"], status: 69),
        BrokenSetUp(
            testDescription: "a clock that is wrong",
            harm: {
                _ = try await $0.place.witness.ask(
                    "skew", ["accessKey": .string($0["accessKey"]), "seconds": 1200])
            },
            broken: ["clock"], mentions: ["minutes behind AWS", "timedatectl"], status: 78),
        BrokenSetUp(
            testDescription: "a permission that is missing",
            harm: { site in
                let deny: JSONValue = [
                    "Version": "2012-10-17",
                    "Statement": [["Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*"]],
                ]
                try await site.call(
                    "iam", "put_role_policy",
                    ["RoleName": "autotagger", "PolicyName": "no", "PolicyDocument": .string(deny.compactText)])
            },
            broken: ["permissions"],
            mentions: ["1 of", "ec2:CreateTags", "ec2:capacity-reservation", "denies", "generate iam-policy"],
            status: 77),
        BrokenSetUp(
            testDescription: "a tag that the policy does not know",
            harm: { try settings("tags: {CostCenter: \"4711\"}\n", of: &$0) },
            broken: ["permissions"], mentions: ["generate iam-policy"], status: 77),
        BrokenSetUp(
            testDescription: "a policy that spells out any tag where no wildcard is one",
            harm: { site in
                let any: JSONValue = [
                    "Version": "2012-10-17",
                    "Statement": [
                        [
                            "Effect": "Allow", "Action": "*", "Resource": "*",
                            "Condition": ["ForAllValues:StringEquals": ["aws:TagKeys": ["*"]]],
                        ]
                    ],
                ]
                try await site.call(
                    "iam", "put_role_policy",
                    ["RoleName": "autotagger", "PolicyName": "any", "PolicyDocument": .string(any.compactText)])
                try settings("tags: {CostCenter: \"4711\"}\n", of: &site)
            },
            broken: ["permissions"], mentions: ["generate iam-policy"], status: 77),
        BrokenSetUp(
            testDescription: "no right to simulate",
            harm: { try await $0.fault("denied", on: "SimulatePrincipalPolicy") },
            warned: ["permissions"], mentions: ["iam:SimulatePrincipalPolicy", "generate iam-policy"]),
        BrokenSetUp(
            testDescription: "no right to look at trails", harm: { try await $0.fault("denied", on: "DescribeTrails") },
            warned: ["trail"], mentions: ["cloudtrail:DescribeTrails", "doctor --permissions"]),
        BrokenSetUp(
            testDescription: "no right to look at the queue",
            harm: { try await $0.fault("denied", on: "GetQueueAttributes") },
            warned: ["queue"], mentions: ["sqs:GetQueueAttributes", "doctor --permissions"]),
        BrokenSetUp(
            testDescription: "no right to look at rules", harm: { try await $0.fault("denied", on: "ListRules") },
            warned: ["rule"], mentions: ["events:ListRules", "doctor --permissions"]),
        BrokenSetUp(
            testDescription: "another account whose role may not be assumed",
            harm: { site in
                let role = #"arn:{partition}:iam::{account}:role/AutoTagger"#
                try settings(
                    "accounts: [\"\(site["account"])\", \"999999999999\"]\naws: {accountRole: \"\(role)\"}\n", of: &site
                )
            },
            broken: ["permissions"], mentions: ["sts:AssumeRole", "other accounts"], status: 77),
    ]

    /// Writes the settings' file that the doctor reads.
    static func settings(_ text: String, of site: inout DoctorSite) throws {
        site.place = site.place.with(["AUTOTAGGER_CONFIG": try site.place.write(text, to: "settings.yaml")])
    }
}
