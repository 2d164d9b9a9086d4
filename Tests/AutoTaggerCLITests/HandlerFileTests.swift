import Foundation
import Testing

/// A user's own file of handlers, checked and tried.
@Suite struct HandlerFileTests {
    private static let good = """
        plugin: acme
        source: acme.amazonaws.com
        tagging: {operation: TagResource, id: resourceArn, tags: map}
        resources:
          site: {on: CreateSite, arn: responseElements.siteArn}
        """
    private static let record = """
        {"eventVersion":"1.11","eventID":"e-1","eventSource":"acme.amazonaws.com","eventName":"CreateSite",\
        "awsRegion":"eu-west-1","recipientAccountId":"123456789012","eventTime":"2026-01-02T03:04:05Z",\
        "responseElements":{"siteArn":"arn:aws:acme:eu-west-1:123456789012:site/blue"}}
        """

    /// Puts texts into files of a folder that goes away again.
    private func withFiles(_ texts: [String: String], _ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "handlers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try await body(folder)
    }

    @Test func aGoodFileIsCounted() async throws {
        try await withFiles(["acme.yaml": Self.good]) { folder in
            let run = await CommandRun.of(["handlers", "check", folder.appending(path: "acme.yaml").path])
            #expect(run.status == 0)
            #expect(run.output.hasSuffix("acme.yaml: 1 handler\n"))
        }
    }

    @Test func aFolderStandsForItsFiles() async throws {
        let other = Self.good.replacing("acme", with: "brick")
        try await withFiles(["acme.yaml": Self.good, "brick.yml": other, "notes.txt": "x"]) { folder in
            let run = await CommandRun.of(["handlers", "check", folder.path])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("acme.yaml: 1 handler\n") && run.output.contains("brick.yml: 1 handler\n"))
            #expect(!run.output.contains("notes"))
        }
    }

    @Test func twoFilesThatClaimOneResourceAreNamed() async throws {
        try await withFiles(["a.yaml": Self.good, "b.yaml": Self.good]) { folder in
            let run = await CommandRun.of(["handlers", "check", folder.path])
            #expect(run.status == 78)
            #expect(run.errors.contains("two handlers claim acme:site of acme.amazonaws.com/CreateSite"))
            #expect(run.errors.contains("a.yaml") && run.errors.contains("b.yaml"))
        }
    }

    @Test func aSwitchOfNoHandlerIsNamed() async throws {
        let settings = """
            handlers: {only: ["sns:*", "sqs:*", "s3:bukket"], disable: ["sns:topik", "sqs:*"], enable: ["batch:*", "nothing:*"]}
            resourceGroups: ["lambda:*", "ec2:volume", "lamda:function"]
            """
        try await withFiles(["settings.yaml": settings]) { folder in
            let file = folder.appending(path: "settings.yaml").path
            let run = await CommandRun.of(["handlers", "list", "--config", file, "--format", "ndjson"])
            #expect(run.status == 0)
            #expect(
                run.errors.contains(
                    "'sns:topik' under 'handlers' in the settings is no handler; did you mean sns:topic?"))
            #expect(
                run.errors.contains(
                    "'s3:bukket' under 'handlers' in the settings is no handler; did you mean s3:bucket?"))
            #expect(
                run.errors.contains(
                    "'lamda:function' under 'resourceGroups' in the settings is no resource type;"
                        + " did you mean lambda:function?"))
            #expect(run.errors.contains("'nothing:*'"))
            #expect(run.errors.split(separator: "\n").count == 4, "\(run.errors)")
        }
    }

    @Test func whatItReplacesIsSaid() async throws {
        let text = """
            plugin: sns
            source: sns.amazonaws.com
            tagging: {wire: query, api: 2010-03-31, operation: TagResource, id: ResourceArn, tags: list}
            resources:
              topic: {on: CreateTopic, arn: responseElements.topicArn}
            """
        try await withFiles(["sns.yaml": text]) { folder in
            let run = await CommandRun.of(["handlers", "check", folder.appending(path: "sns.yaml").path])
            #expect(run.output.contains("sns:topic of sns.amazonaws.com/CreateTopic takes the place of a built-in one"))
        }
    }

    @Test func mistakesHaveTheirPlaceAndEndWith78() async throws {
        try await withFiles(["acme.yaml": Self.good.replacing("arn: resp", with: "arm: resp")]) { folder in
            let run = await CommandRun.of(["handlers", "check", folder.appending(path: "acme.yaml").path])
            #expect(run.status == 78)
            #expect(run.errors.contains("acme.yaml:5:26: unknown key 'arm' (did you mean 'arn'?)"))
        }
    }

    @Test func showsWhatIsFound() async throws {
        try await withFiles(["acme.yaml": Self.good, "event.json": Self.record]) { folder in
            let run = await CommandRun.of([
                "handlers", "test", folder.appending(path: "acme.yaml").path, "--event",
                folder.appending(path: "event.json").path, "--format", "ndjson",
            ])
            #expect(run.status == 0)
            #expect(run.output.contains(#""arn":"arn:aws:acme:eu-west-1:123456789012:site/blue""#))
            #expect(run.output.contains(#""id":"blue""#))
        }
    }

    @Test func saysWhenItWaitsForAnotherEvent() async throws {
        let record = Self.record.replacing("CreateSite", with: "CreateSites")
        try await withFiles(["acme.yaml": Self.good, "event.json": record]) { folder in
            let run = await CommandRun.of([
                "handlers", "test", folder.appending(path: "acme.yaml").path, "--event",
                folder.appending(path: "event.json").path,
            ])
            #expect(run.status == 1)
            #expect(run.errors.contains("did you mean acme.amazonaws.com/CreateSite?"))
        }
    }
}
