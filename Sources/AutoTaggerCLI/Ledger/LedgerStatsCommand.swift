import ArgumentParser
import AutoTagger
import JSON

/// `autotagger ledger stats`.
struct LedgerStatsCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Counts events and tagged resources by user, service, day, outcome or account.",
        usage: "autotagger ledger stats [<options>]",
        discussion: """
            Example: who makes the most?
              autotagger ledger stats --by user
            """
    )

    @Option(help: "By what to count.")
    var by = LedgerDimension.user

    @OptionGroup var question: LedgerQuestion

    func run(in context: CommandContext) async throws {
        let counts = try await question.history(in: context).statistics(by: by)
        try question.print(.counts(counts, by: by), in: context)
        if counts.isEmpty { context.errors("the ledger is empty\n") }
    }
}
