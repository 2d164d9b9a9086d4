import ArgumentParser
import AutoTagger
import Foundation

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

    @Option(help: ArgumentHelp("From then on: 30m, 12h, 7d, 2w ago, or a date.", valueName: "time"))
    var since: TimeBound?

    @Option(help: ArgumentHelp("Before then, written alike.", valueName: "time"))
    var until: TimeBound?

    @Option(help: ArgumentHelp("The maker's name, ARN or display text, in any case.", valueName: "glob"))
    var user: String?

    @Option(help: ArgumentHelp("The account.", valueName: "id"))
    var account: String?

    @Option(help: ArgumentHelp("The API, such as RunInstances.", valueName: "name"))
    var eventName: String?

    @Option(help: ArgumentHelp("A resource's id, ARN or type.", valueName: "glob"))
    var resource: String?

    @Option(help: ArgumentHelp("Where the event stands.", valueName: "state"))
    var outcome: LedgerState?

    @Option(help: ArgumentHelp("The most events to list.", valueName: "count"))
    var limit = 100

    @OptionGroup var question: LedgerQuestion

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run(in context: CommandContext) async throws {
        let now = context.now()
        // One more than is shown tells whether there are more.
        var query = LedgerQuery(limit: limit == .max ? limit : limit + 1)
        query.since = since?.date(asOf: now)
        query.until = until?.date(asOf: now)
        query.user = user
        query.account = account
        query.region = question.global.region
        query.eventName = eventName
        query.resource = resource
        query.state = outcome
        let records = try await question.history(in: context).events(matching: query)
        try question.print(.events(records.prefix(limit)), in: context)
        if records.isEmpty { context.errors("no event matches\n") }
        if records.count > limit { context.errors("there are more than \(limit): ask for more with --limit\n") }
    }
}
