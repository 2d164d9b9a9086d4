import AutoTagger
import AutoTaggerTesting
import CloudTrail
import Configuration
import JSON
import Testing

/// What AWS is asked where an event does not tell what it made.
@Suite struct QuestionTests {
    private static let line = """
        on: CreateApp
        arn: responseElements.arn ?? answer.app.arn
        ask: {operation: GetApp, uri: "GET /apps/{name}", with: {name: "${requestParameters.name}", kinds: [a]}}
        """

    private static func handler(_ line: String = line) throws -> DeclaredHandler {
        let indented = line.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        let text = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: {operation: TagResource, id: resourceArn, tags: map}
            resources:
              app:
            \(indented)
            """
        return try #require(try PluginFile(parsing: text, file: "acme.yaml").handlers.first)
    }

    private static func event(_ response: JSONValue = .null, request: JSONValue = ["name": "blue"]) -> CloudTrailEvent {
        CloudTrailEvent(record: [
            "eventSource": "acme.amazonaws.com", "eventName": "CreateApp", "awsRegion": "eu-west-1",
            "recipientAccountId": "123456789012", "requestParameters": request, "responseElements": response,
        ])
    }

    private static func lookup(_ reader: ScriptedReader, isYoung: Bool = false) -> Lookup {
        Lookup(
            accountID: "123456789012", region: "eu-west-1", reader: reader, isYoung: isYoung, patience: .zero,
            clock: ContinuousClock())
    }

    private static let arn = "arn:aws:acme:eu-west-1:123456789012:app/a-1"

    @Test func isPutWithWhatTheEventTells() throws {
        let finding = try Self.handler().find(in: Self.event())
        #expect(finding.resources.isEmpty)
        #expect(finding.lookups.map(\.action) == ["acme:GetApp"])
        #expect(finding.lookups.first?.parameters == ["name": "blue", "kinds": ["a"]])
        #expect(finding.lookups.first?.spelling?.call.uri == "/apps/{name}")
        #expect(finding.openQuestions.count == 1)
        #expect(try Self.handler().lookupActions == ["acme:GetApp"])
    }

    @Test func isNotPutWhereTheEventTellsAll() throws {
        let finding = try Self.handler().find(in: Self.event(["arn": .string(Self.arn)]))
        #expect(finding.resources.map(\.arn) == [Self.arn] && finding.lookups.isEmpty)
    }

    @Test func isNotPutWithoutWhatItNeeds() throws {
        #expect(try Self.handler().find(in: Self.event(request: .null)).lookups.isEmpty)
    }

    @Test func theAnswerNamesTheResource() async throws {
        let handler = try Self.handler()
        let event = Self.event()
        let reader = ScriptedReader(["GetApp": [.success([["app": ["arn": .string(Self.arn)]]])]])
        let completion = try await handler.complete(handler.find(in: event), of: event, with: Self.lookup(reader))
        #expect(completion.resources.map(\.arn) == [Self.arn] && completion.resources.map(\.id) == ["a-1"])
        #expect(completion.unfinished == nil && !completion.isGone)
    }

    @Test(
        "without an answer it is too early for a young event, and too late for an old one",
        arguments: [true, false], [true, false])
    func unanswered(isYoung: Bool, isRefused: Bool) async throws {
        let handler = try Self.handler()
        let event = Self.event()
        let absent = Failure(code: "NotFoundException", message: "no", isTransient: true, kind: .notFound)
        let reader = ScriptedReader(["GetApp": [isRefused ? .failure(absent) : .success([[:]])]])
        let completion = try await handler.complete(
            handler.find(in: event), of: event, with: Self.lookup(reader, isYoung: isYoung))
        #expect(completion.resources.isEmpty)
        #expect(completion.unfinished?.kind == (isYoung ? .notFound : nil))
        #expect(completion.isGone == !isYoung)
    }

    @Test func aRefusalIsAFailure() async throws {
        let handler = try Self.handler()
        let event = Self.event()
        let refused = Failure(code: "AccessDenied", message: "no", isTransient: true, kind: .permission)
        let reader = ScriptedReader(["GetApp": [.failure(refused)]])
        await #expect(throws: refused) {
            try await handler.complete(handler.find(in: event), of: event, with: Self.lookup(reader))
        }
    }

    @Test(arguments: [
        ("{on: X, arn: answer.arn}", "there is no 'ask'"),
        ("{on: X, arn: responseElements.arn ?? answer.arn}", "there is no 'ask'"),
        ("{on: X, arn: \"arn:${partition}:acme:::app/${answer.id | last}\"}", "there is no 'ask'"),
        ("{on: X, arn: responseElements.arn, id: requestParameters.id ?? answer.id}", "there is no 'ask'"),
        ("{on: X, arn: responseElements.arn, when: answer.id}", "there is no 'ask'"),
        ("{on: X, arn: responseElements.arn, when: [requestParameters.a, \"!answer.id\"]}", "there is no 'ask'"),
        ("{on: X, arn: answer.arn, ask: {uri: GET /a}}", "'operation' is missing"),
        ("{on: X, arn: answer.arn, ask: {operation: GetApp}}", "'uri' is missing"),
        (
            "{on: X, arn: answer.arn, ask: {operation: G, uri: GET /a, with: {a: \"${nmae}\"}}}",
            "unknown name '${nmae}'"
        ),
        ("{on: X, arn: answer.arn, ask: {operation: G, uri: GET /a, wiht: {}}}", "did you mean 'with'?"),
        ("{on: X, arn: answer.arn, tagging: resource-groups, ask: {operation: G}}", "an operation of its own"),
    ])
    func mistakesAreExplained(line: String, says: String) {
        let text = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: {operation: TagResource, id: resourceArn, tags: map}
            resources:
              app: \(line)
            """
        let error = #expect(throws: ConfigurationError.self) { try PluginFile(parsing: text, file: "acme.yaml") }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "none")")
    }

    @Test func anAnswerInTheFilesARNNeedsAQuestion() {
        let text = """
            plugin: acme
            source: acme.amazonaws.com
            tagging: {operation: TagResource, id: resourceArn, tags: map}
            arn: "arn:${partition}:acme:${region}:${account}:app/${answer.id}"
            resources:
              app: {on: X}
            """
        let error = #expect(throws: ConfigurationError.self) { try PluginFile(parsing: text, file: "acme.yaml") }
        #expect(error?.description.contains("there is no 'ask'") == true, "\(error?.description ?? "none")")
    }

    @Test(arguments: [
        "arn: requestParameters.answer.arn", "arn: responseElements.arn\nid: requestParameters.answer.id",
        "arn: responseElements.arn\nwhen: requestParameters.answer.id",
    ])
    func aMemberOfThatNameIsNoAnswer(lines: String) throws {
        #expect(try Self.handler("on: X\n" + lines).lookupActions.isEmpty)
    }
}
