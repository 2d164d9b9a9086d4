import Foundation
import JSON
import Testing

/// Inputs that are no events: each is named, with the way out, and costs the good ones nothing.
@Suite("A bad input", .needsFakeAWS, .timeLimit(.minutes(5)))
struct InputErrorTests {
    /// What is in the file, and what the message must mention beside the file's name.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let content: Data
        let mentions: String

        var testDescription: String { name }
    }

    /// The first bytes of a gzip stream, as a download that broke off leaves them.
    private static let truncated = Data([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xab, 0x56, 0x0a])

    static let cases = [
        Case(name: "not JSON", file: "page.json", content: Data("<html>Not found</html>".utf8), mentions: "JSON"),
        Case(
            name: "JSON, no event", file: "answer.json", content: Data(#"{"answer":42}"#.utf8), mentions: "CloudTrail"),
        Case(name: "broken JSON", file: "half.json", content: Data(#"{"Records":[{"eventID":"#.utf8), mentions: "JSON"),
        Case(name: "truncated gzip", file: "log.json.gz", content: truncated, mentions: "gzip"),
        Case(name: "empty", file: "nothing.json", content: Data(), mentions: "empty"),
    ]

    @Test("is named with exit 65, and the good input of the same run is still processed", arguments: cases)
    func named(_ bad: Case) async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            try bad.content.write(to: place.folder.appending(component: bad.file))
            let good = try place.write(made.event.compactText, to: "good.json")
            let run = try await place.autotagger("process", place.path(bad.file), good, "--format", "ndjson")
            #expect(run.status == 65, "\(run.account)")
            #expect(run.errors.contains(bad.file) && run.errors.contains(bad.mentions), "\(run.account)")
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            #expect(try await place.witness.tags(of: made.text("VolumeId"))["Creator"] == "alice")
            expectPlainWords(run)
        }
    }

    @Test("that does not exist among good ones is named with exit 65, and those are processed")
    func missingAmongGood() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let good = try place.write(made.event.compactText, to: "good.json")
            let run = try await place.autotagger(
                "process", place.path("no-such-file.json"), good, place.path("nor-this"), "--format", "ndjson")
            #expect(run.status == 65, "\(run.account)")
            #expect(run.errors.contains("no-such-file.json") && run.errors.contains("nor-this"), "\(run.account)")
            #expect(run.outcomes == ["tagged"], "\(run.account)")
            expectPlainWords(run)
        }
    }

    @Test("that does not exist is named")
    func missing() async throws {
        try await Workspace.with { place in
            let run = try await place.autotagger("process", place.path("no-such-file.json"))
            #expect(run.status != 0 && run.errors.contains("no-such-file.json"), "\(run.account)")
            expectPlainWords(run)
        }
    }
}

/// A message for people: no trace of the program's inside.
func expectPlainWords(_ run: ProgramRun, sourceLocation: SourceLocation = #_sourceLocation) {
    for sign in ["Fatal error", "Stack dump", ".swift:", "Error Domain", "Optional("] {
        #expect(!run.errors.contains(sign), "\(run.account)", sourceLocation: sourceLocation)
    }
    #expect(run.status >= 0, "ended by a signal: \(run.account)", sourceLocation: sourceLocation)
}
