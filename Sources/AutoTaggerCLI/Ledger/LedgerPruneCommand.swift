import ArgumentParser
import AutoTagger
import Composition

/// `autotagger ledger prune`.
struct LedgerPruneCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Forgets events that have not changed for long, and gives their room back.",
        usage: "autotagger ledger prune --older-than <time> [<options>]",
        discussion: """
            What is being worked on is never touched. A forgotten event that is delivered \
            once more counts as new; queues keep messages for 14 days at most. A table in \
            DynamoDB forgets by itself (ledger.retention) and needs this only to be rid of \
            something sooner.

            Examples:
              autotagger ledger prune --older-than 400d --dry-run
              autotagger ledger prune --older-than 400d
            """
    )

    @Option(help: ArgumentHelp("Not changed since then: 400d, 60w ago, or a date.", valueName: "time"))
    var olderThan: TimeBound

    @Flag(help: "Says how many events that would be (AUTOTAGGER_DRY_RUN); nothing is forgotten.")
    var dryRun = false

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        // A ledger that is not there is not made only to be emptied.
        _ = try loaded.assembly.history(at: loaded.ledger)
        let isDryRun = dryRun || DryRunOption.isAsked(in: context.environment)
        let now = context.now()
        let limit = olderThan.date(asOf: now)
        guard limit <= now else { throw ValidationError("--older-than lies ahead: name a time that has passed") }
        let ledger = try loaded.assembly.ledger(at: loaded.ledger, now: now)
        let count = try await ledger.prune(before: limit, isDryRun: isDryRun)
        let events = "\(count) event\(count == 1 ? "" : "s")"
        context.output("\(events) \(isDryRun ? "would be " : "")forgotten\n")
    }
}
