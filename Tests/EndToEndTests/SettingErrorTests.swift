import Foundation
import JSON
import Testing

/// Settings and surroundings that are wrong: a clear message, the way out, the right exit code, nothing lost.
@Suite("A wrong setting", .needsFakeAWS, .timeLimit(.minutes(5)))
struct SettingErrorTests {
    @Test(
        "in the configuration ends with 78 and names file and place",
        arguments: [
            ("an unknown key", "existingTag: keep\n", ["existingTag", "existingTags", "1"]),
            ("a bad template", "tags:\n  Owner: ${identity.nmae}\n", ["identity.nmae", "identity.name"]),
            ("an open template", "tags:\n  Owner: ${identity.name\n", ["${identity.name", "2:10"]),
            ("a wrong choice", "existingTags: sometimes\n", ["sometimes", "keep"]),
            ("no YAML", "tags: [\n", ["YAML"]),
        ])
    func configuration(name: String, text: String, mentions: [String]) async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let file = try place.write(text, to: "wrong.yaml")
            let run = try await place.process(made.event, options: ["--config", file])
            #expect(run.status == 78, "\(run.account)")
            for word in mentions + ["wrong.yaml"] {
                #expect(run.errors.contains(word), "\(word) is not in\n\(run.account)")
            }
            expectPlainWords(run)
            #expect(try await place.calls().isEmpty)
        }
    }

    @Test("in a handler of the user's own ends with 78 and names file and place")
    func handler() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let folder = place.folder.appending(component: "handlers.d")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try place.write(
                "plugin: mine\nsource: ec2.amazonaws.com\nresource:\n  x: {on: CreateX, id: responseElements.x}\n",
                to: "handlers.d/mine.yaml")
            let run = try await place.process(made.event, options: ["--handlers", folder.path])
            #expect(run.status == 78 && run.errors.contains("mine.yaml"), "\(run.account)")
            #expect(run.errors.contains("resources"), "\(run.account)")
            expectPlainWords(run)
        }
    }

    @Test("no credentials: says where they are looked for; the event is not lost")
    func credentials() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let bare = place.with(["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil])
            let run = try await bare.process(made.event)
            #expect([69, 77].contains(run.status), "\(run.account)")
            #expect((run.output + run.errors).lowercased().contains("credentials"), "\(run.account)")
            #expect((run.output + run.errors).contains("AWS_ACCESS_KEY_ID"), "\(run.account)")
            expectPlainWords(run)
            try await expectTaggedLater(made, in: place)
        }
    }

    @Test("an endpoint that is down: exit 69, named; the event is not lost")
    func endpoint() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let run = try await place.with(["AWS_ENDPOINT_URL": "http://127.0.0.1:9"]).process(made.event)
            #expect(run.status == 69, "\(run.account)")
            #expect((run.output + run.errors).contains("127.0.0.1:9"), "\(run.account)")
            expectPlainWords(run)
            try await expectTaggedLater(made, in: place)
        }
    }

    @Test("a ledger that cannot be written: exit 78, named, with the way out; the event is not lost")
    func ledger() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            // A file where a folder would have to be: that stops root, too.
            let file = try place.write("", to: "file")
            let run = try await place.with(["AUTOTAGGER_LEDGER": file + "/ledger.sqlite"]).process(made.event)
            #expect(run.status == 78, "\(run.account)")
            #expect(run.errors.contains(file + "/ledger.sqlite") && run.errors.contains("--ledger"), "\(run.account)")
            expectPlainWords(run)
            #expect(try await place.calls().isEmpty)
            try await expectTaggedLater(made, in: place)
        }
    }

    @Test("a ledger that is no database is set aside, not deleted, and the event is tagged")
    func brokenLedger() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            let text = String(repeating: "This was a ledger once.", count: 400)
            let broken = try place.write(text, to: "ledger.sqlite")
            let run = try await place.process(made.event)
            #expect(run.status == 0 && run.outcomes == ["tagged"], "\(run.account)")
            #expect(run.errors.contains(broken), "\(run.account)")
            let aside = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
                .filter { $0.hasPrefix("ledger.sqlite.broken-") }
            #expect(aside.count == 1, "\(aside)")
            for name in aside { #expect(FileManager.default.contents(atPath: place.path(name)) == Data(text.utf8)) }
        }
    }

    @Test("an account that is not ours is left alone")
    func otherAccount() async throws {
        try await Workspace.with { place in
            let made = try await place.witness.ec2("create_volume", ["AvailabilityZone": "us-east-1a", "Size": 1])
            var members = try #require(made.event.object)
            members["recipientAccountId"] = "999999999999"
            let run = try await place.process(.object(members))
            #expect(run.status == 0 && run.outcomes == ["skipped"], "\(run.account)")
            #expect(run.reports.first?["reason"] == "accountNotAllowed", "\(run.account)")
            #expect(try await place.witness.tags(of: made.text("VolumeId")).isEmpty)
        }
    }

    @Test("an unknown option or verb ends with 64")
    func usage() async throws {
        try await Workspace.with { place in
            for arguments in [["process", "--no-such-option"], ["no-such-verb"], ["process"]] {
                let run = try await place.autotagger(arguments)
                #expect(run.status == 64, "\(arguments): \(run.account)")
            }
        }
    }

    /// What failed for want of something is done once it is there.
    private func expectTaggedLater(_ made: Witnessed, in place: Workspace) async throws {
        let run = try await place.process(made.event)
        #expect(run.outcomes == ["tagged"], "\(run.account)")
        #expect(try await place.witness.tags(of: made.text("VolumeId"))["Creator"] == "alice")
    }
}
