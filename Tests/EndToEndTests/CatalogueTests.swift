import Foundation
import JSON
import Testing

/// The catalogue against the fake AWS: what boto3 can make there, tagged by the program from records in all wire formats, and
/// read back by boto3.
@Suite("The catalogue", .needsFakeAWS, .timeLimit(.minutes(10)))
struct CatalogueTests {
    /// Enough of them that a recorder or a fake that makes nothing any more is noticed.
    private static let leastTypes = 150

    @Test("has everything of our own creations tagged, with the tags of its creation kept")
    func ownCreations() async throws {
        let verdicts = try await play()
        expectNoProblem(verdicts)
        #expect(Set(verdicts.flatMap(\.types)).count >= Self.leastTypes)
    }

    @Test(
        "has every case tagged that others found the fake to be able to play",
        .enabled(if: CompanionFiles.arePresent, Comment(rawValue: CompanionFiles.advice)))
    func companionCases() async throws {
        let verdicts = try await play("--bed")
        expectNoProblem(verdicts)
        #expect(verdicts.count == 165)
    }

    /// What became of one creation.
    private struct Verdict {
        let name: String
        let types: [String]
        let problem: String?
    }

    private func expectNoProblem(_ verdicts: [Verdict]) {
        for verdict in verdicts {
            #expect(verdict.problem == nil, "\(verdict.name)")
        }
    }

    private func play(_ options: String...) async throws -> [Verdict] {
        let answer = try await PythonModule.answer(of: "catalogue.run", ["--format", "json"] + options)
        return try #require(answer.array).map { one in
            Verdict(
                name: one["case"]?.string ?? "", types: one["types"]?.array?.compactMap(\.string) ?? [],
                problem: one["problem"]?.string)
        }
    }
}
