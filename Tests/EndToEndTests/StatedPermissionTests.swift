import Foundation
import JSON
import Testing

/// The permissions that `generate iam-policy` states: with them and no others everything is tagged, and each is used. A door in
/// front of the fake AWS asks the policy before every call, as IAM would.
@Suite("The stated permissions", .needsFakeAWS, .timeLimit(.minutes(10)))
struct StatedPermissionTests {
    /// Actions that no case can use, and why.
    private static let unplayable = ["apigateway:PUT": "moto cannot tag what API Gateway's first version makes"]

    @Test("are enough for our own creations, and no more")
    func ownCreations() async throws {
        try expectExactlyEnough(await PythonModule.answer(of: "permissions.run"), cases: 160, actions: 150)
    }

    @Test(
        "are enough for every case that others found the fake to be able to play, and no more",
        .enabled(if: CompanionFiles.arePresent, Comment(rawValue: CompanionFiles.advice)))
    func companionCases() async throws {
        try expectExactlyEnough(await PythonModule.answer(of: "permissions.run", ["--bed"]), cases: 160, actions: 150)
    }

    /// The types that the fake can tag so.
    @Test("are enough, and no more, where the settings choose the Resource Groups Tagging API")
    func throughResourceGroups() async throws {
        let types = [
            "dynamodb:*", "rds:*", "lambda:*", "elasticache:*", "logs:*", "efs:*", "sagemaker:*", "quicksight:*",
        ]
        let answer = try await PythonModule.answer(of: "permissions.run", ["--through-resource-groups"] + types)
        try expectExactlyEnough(answer, cases: 20, actions: 8)
    }

    private func expectExactlyEnough(_ answer: JSONValue, cases: Int, actions: Int) throws {
        let verdicts = try #require(answer["cases"]?.array)
        #expect(verdicts.count >= cases)
        for verdict in verdicts { #expect(verdict["problem"]?.string == nil, "\(verdict["case"]?.string ?? "")") }
        #expect(answer["actions"]?.integer ?? 0 >= actions)
        #expect(answer["denied"] == [])
        // A request that the door cannot name would be a call that no permission was asked for.
        #expect(answer["unknown"] == [])
        let unused = answer["unused"]?.array?.compactMap(\.string) ?? ["no answer"]
        #expect(unused.filter { Self.unplayable[$0] == nil } == [])
        // The same events, with tags of other keys than the policy was made for, and with no policy at all.
        #expect(answer["unbounded"] == [])
        #expect(answer["taggedWithoutPermission"] == [])
    }
}
