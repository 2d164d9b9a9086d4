import ArgumentParser
import AutoTagger
import CloudTrail
import Configuration
import EventSources
import JSON

/// `autotagger handlers test`.
struct HandlersTestCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Shows what the handlers of a file find in an event.",
        discussion: """
            Makes no call and needs no credentials. Ends with 1 when nothing is found.

            Example:
              autotagger handlers test config/handlers.d/acme.yaml --event event.json
            """
    )

    @Argument(help: ArgumentHelp("The file of handlers.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp("A CloudTrail record in any of its envelopes, or - for standard input.", valueName: "record")
    )
    var event: String

    @OptionGroup var format: FormatOption

    func run(in context: CommandContext) async throws {
        let handlers = try HandlerFolder.load(file: file).map(\.handler)
        var rows = Rows(
            columns: [
                Rows.Column(title: "RESOURCE", key: "resource"), Rows.Column(title: "ID", key: "id"),
                Rows.Column(title: "ARN", key: "arn"), Rows.Column(title: "TAGGING", key: "tagging"),
            ], records: [])
        var asked = false
        for event in try Self.events(at: event) {
            let trigger = Trigger(event.eventSource, event.eventName)
            let waiting = handlers.filter { $0.triggers.contains(trigger) }
            if waiting.isEmpty {
                context.errors("autotagger: \(file) waits for no \(trigger)\(hint(trigger, handlers))\n")
            }
            for handler in waiting {
                let finding = handler.find(in: event)
                asked = asked || !finding.lookups.isEmpty
                for question in finding.openQuestions { context.errors("autotagger: AWS will be asked \(question)\n") }
                if finding.resources.isEmpty, finding.lookups.isEmpty {
                    context.errors("autotagger: \(handler.resource) waits for \(trigger), but finds nothing in it\n")
                }
                rows.records += finding.resources.map(Self.record)
            }
        }
        let format = try format.resolved(in: context.environment)
        context.output(rows.rendered(as: format, terminalWidth: context.terminalWidth))
        if rows.records.isEmpty, !asked { throw ExitCode.no }
    }

    private static func events(at path: String) throws -> [CloudTrailEvent] {
        var events: [CloudTrailEvent] = []
        for input in try InputFiles.resolve([path]) {
            do {
                for item in try Envelope.open(InputFiles.read(input)) { events.append(try item.content.get()) }
            } catch let error as EnvelopeError {
                throw CommandFailure(
                    code: "notCloudTrail", message: "\(input): \(error.message)", exitCode: .notCloudTrail)
            }
        }
        return events
    }

    private func hint(_ trigger: Trigger, _ handlers: [any ResourceHandler]) -> String {
        let known = Set(handlers.flatMap(\.triggers).map(\.description))
        return Suggestion.nearest(to: trigger.description, among: known).map { "; did you mean \($0)?" } ?? ""
    }

    private static func record(_ resource: TaggableResource) -> Rows.Record {
        let type = resource.type.description
        let tagging = resource.tagging.description
        return Rows.Record(
            cells: [type, resource.id, resource.arn, tagging],
            document: [
                "resource": .string(type), "id": .string(resource.id), "arn": .string(resource.arn),
                "tagging": .string(tagging),
            ])
    }
}
