import ArgumentParser
import AutoTagger

/// `autotagger ledger show`.
struct LedgerShowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all that is known of an event: who, every resource, every attempt.",
        usage: "autotagger ledger show <event-id> [<options>]",
        discussion: """
            Ends with 1 when the event is not in the ledger.

            Example:
              autotagger ledger show 3038ebd2-c98a-4c65-9b6e-e22506292313
            """
    )

    @Argument(help: ArgumentHelp("The record's eventID.", valueName: "event-id"))
    var event: String

    @OptionGroup var question: LedgerQuestion

    func run(in context: CommandContext) async throws {
        let records = try await question.history(in: context).records(ofEvent: event)
        try question.print(.stories(records), in: context)
        if records.isEmpty {
            context.errors("autotagger: the event \(event) is not in the ledger\n")
            throw ExitCode.no
        }
    }
}
