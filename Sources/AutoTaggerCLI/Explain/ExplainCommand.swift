import ArgumentParser
import AutoTagger
import CloudTrail
import Composition
import EventSources
import Foundation

/// `autotagger explain`.
struct ExplainCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells the whole story of an event: who, which handler, which resources, which tags, which calls.",
        discussion: """
            Makes no call and writes nothing; needs no credentials. What only AWS could \
            answer is shown as open. Given an event id instead of a path, it tells what the \
            ledger knows of that event.

            Examples:
              autotagger explain event.json
              autotagger explain --format ndjson - < events.ndjson
              autotagger explain 3038ebd2-c98a-4c65-9b6e-e22506292313
            """
    )

    @Argument(help: ArgumentHelp("A file, - for standard input, or an event's id.", valueName: "path|-|event-id"))
    var subject: String

    @OptionGroup var format: FormatOption
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let format = try format.resolved(in: context.environment)
        let loaded = try LoadedSettings(global, in: context)
        if UUID(uuidString: subject) != nil, !FileManager.default.fileExists(atPath: subject) {
            return try await tell(subject, loaded, format, context)
        }
        let inputs = try InputFiles.resolve([subject])
        let dispatcher = try loaded.assembly.dispatcher(ledger: ForgetfulLedger())
        var output = StoryOutput(format: format, context: context)
        var isRejected = false
        for input in inputs {
            do {
                for item in try Envelope.open(InputFiles.read(input)) {
                    switch item.content {
                    case .success(let event): output.add(await dispatcher.explain(event))
                    case .failure(let error):
                        isRejected = true
                        context.errors("autotagger: \(input): \(error.message)\n")
                    }
                }
            } catch let error as EnvelopeError {
                isRejected = true
                context.errors("autotagger: \(input): \(error.message)\n")
            }
        }
        output.finish()
        if isRejected { throw ExitCode.notCloudTrail }
    }

    private func tell(
        _ eventID: String, _ loaded: LoadedSettings, _ format: OutputFormat, _ context: CommandContext
    ) async throws {
        let records = try await loaded.assembly.history(at: loaded.ledger).records(ofEvent: eventID)
        context.output(Rows.stories(records).rendered(as: format, terminalWidth: context.terminalWidth))
        if records.isEmpty {
            context.errors(
                "autotagger: the event \(eventID) is not in the ledger; explain its record with a file or -\n")
            throw ExitCode.no
        }
    }
}
