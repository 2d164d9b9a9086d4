import AutoTagger
import BuiltinPlugins
import Foundation
import JSON
import Testing

/// Every permission of every handler against what IAM knows of it, from AWS's Service Authorization Reference.
@Suite struct PermissionTests {
    /// Services so new that the packaged reference does not list them.
    private static let unlisted: Set = ["s3files"]
    /// What a call needs in some accounts only, or on ways that nothing here goes.
    private static let needless = [
        "kms:Decrypt": "only where an Identity Center instance has a key of the customer's own, whose policy allows it",
        "ssm:GetParameters": "only where a template's image parameter is to be resolved, which is not asked for",
        "timestream:DescribeEndpoints": "only where an endpoint is looked for",
    ]
    /// Reading calls that the reference takes for writing or tagging ones.
    private static let misfiled: Set = [
        "bcm-pricing-calculator:ListTagsForResource", "route53globalresolver:ListTagsForResource",
    ]

    private static let known = Result {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/derived/iam-actions.json")
        return try JSONValue(parsing: Data(contentsOf: file)).object ?? [:]
    }

    private static func handlers() throws -> [any ResourceHandler] {
        let catalogue = BuiltinCatalogue()
        return try catalogue.eventSources.flatMap { try catalogue.handlers(forSource: $0) }.map(\.handler)
    }

    /// What is wrong with a permission, if anything is.
    private static func problem(with permission: Permission, carriesAll: Bool) throws -> String? {
        let action = permission.action
        if unlisted.contains(String(action.prefix { $0 != ":" })) { return nil }
        guard let facts = try known.get()[action] else {
            return "\(action) is no action of IAM's, or new here: run 'make fixtures'"
        }
        let level = facts["level"]?.string ?? ""
        let isReading = ["Read", "List"].contains(level) || misfiled.contains(action)
        if isReading != (permission.use == .read) { return "\(action) is a \(level) action, used to \(permission.use)" }
        let seesKeys = facts["tagKeys"]?.flag == true
        if !isReading, !carriesAll, seesKeys != (permission.use == .write) {
            return "\(action): IAM \(seesKeys ? "knows" : "does not know") aws:TagKeys here; see 'tagKeys'"
        }
        return nil
    }

    @Test func everyActionExistsAndIsBoundedWhereIAMCan() throws {
        var problems: Set<String> = []
        for handler in try Self.handlers() {
            let tagging = handler.tagging
            let carriesAll = tagging.api?.replacesAll == true || handler.resource.service == "codebuild"
            let lookups = handler.lookupActions.map { Permission($0, .read) }
            for permission in tagging.permissions + lookups {
                if let problem = try Self.problem(with: permission, carriesAll: carriesAll) {
                    problems.insert("\(handler.resource): \(problem)")
                }
            }
        }
        #expect(problems.isEmpty, "\(problems.sorted().joined(separator: "\n"))")
    }

    @Test func whatAnActionNeedsBesidesIsThere() throws {
        var problems: Set<String> = []
        for handler in try Self.handlers() {
            let actions = Set(handler.tagging.permissions.map(\.action) + handler.lookupActions)
            for action in actions {
                let needs = try Self.known.get()[action]?["needs"]?.array?.compactMap(\.string) ?? []
                for needed in needs where !actions.contains(needed) && Self.needless[needed] == nil {
                    problems.insert("\(handler.resource): \(action) needs \(needed)")
                }
            }
        }
        #expect(problems.isEmpty, "\(problems.sorted().joined(separator: "\n"))")
    }

    @Test func theListHoldsNothingThatNoHandlerNeeds() throws {
        let needed = try Self.handlers().flatMap { $0.tagging.permissions.map(\.action) + $0.lookupActions }
        #expect(Set(try Self.known.get().keys).subtracting(needed).sorted() == [])
    }

    @Test(arguments: [
        Permission("lambda:TagResourcez", .write), Permission("lambda:TagResource", .writeAnyKey),
        Permission("lambda:TagResource", .read), Permission("dax:TagResource", .write),
        Permission("ec2:DescribeTags", .write),
    ])
    func mistakesAreFound(permission: Permission) throws {
        #expect(try Self.problem(with: permission, carriesAll: false) != nil)
    }
}
