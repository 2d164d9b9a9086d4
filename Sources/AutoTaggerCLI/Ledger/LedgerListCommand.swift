import ArgumentParser
import AutoTagger

/// `autotagger ledger list`.
struct LedgerListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the events that match, the latest first.",
        usage: "autotagger ledger list [<options>]",
        discussion: """
            GLOB is a text in which * stands for anything and ? for one character.

            Examples:
              autotagger ledger list --since 7d --user '*@example.com'
              autotagger ledger list --outcome failed --format ndjson
              autotagger ledger list --since 2026-11-01 --until 2026-11-08 --resource 'vol-*'
            """
    )

    @OptionGroup var filter: LedgerFilter

    @Option(help: ArgumentHelp("The most events to list.", valueName: "count"))
    var limit = 100

    @OptionGroup var question: LedgerQuestion

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run(in context: CommandContext) async throws {
        // One more than is shown tells whether there are more.
        let query = filter.query(
            region: question.global.region,
            limit: limit == .max ? limit : limit + 1,
            asOf: context.now()
        )
        let records = try await question.history(in: context).events(matching: query)
        try question.print(.events(records.prefix(limit)), in: context)
        if records.isEmpty { context.errors("no event matches\n") }
        if records.count > limit { context.errors("there are more than \(limit): ask for more with --limit\n") }
    }
}
