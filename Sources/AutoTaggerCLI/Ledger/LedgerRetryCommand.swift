import ArgumentParser
import AutoTagger
import Composition

/// `autotagger ledger retry`.
struct LedgerRetryCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Makes events due again, once what stood in their way is mended.",
        discussion: """
            They are worked on when they are delivered again, or when their files are \
            processed again. What is being worked on stays as it is.

            Examples:
              autotagger ledger retry --failed
              autotagger ledger retry --event 3038ebd2-c98a-4c65-9b6e-e22506292313
            """
    )

    @Option(help: ArgumentHelp("This event, whatever became of it; may be given several times.", valueName: "event-id"))
    var event: [String] = []

    @Flag(help: "All that failed, given up or not.")
    var failed = false

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func validate() throws {
        guard failed != !event.isEmpty else { throw ValidationError("name events with --event, or take --failed") }
    }

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        var records: [LedgerRecord] = []
        let history = try loaded.assembly.history(at: loaded.ledger)
        for id in event { records += try await history.records(ofEvent: id) }
        for state in failed ? [LedgerState.failed, .dead] : [] {
            var query = LedgerQuery(limit: .max)
            query.state = state
            records += try await history.events(matching: query)
        }
        let now = context.now()
        let ledger = try loaded.assembly.ledger(at: loaded.ledger, now: now)
        let keys = records.map { EventKey(accountID: $0.report.accountID, eventID: $0.report.eventID) }
        let count = try await ledger.free(keys, now: now)
        context.output(
            "\(count) event\(count == 1 ? " is" : "s are") due again: deliver or process \(count == 1 ? "it" : "them") anew\n"
        )
        guard count == 0, !event.isEmpty else { return }
        context.errors("autotagger: not in the ledger, or being worked on: \(event.joined(separator: ", "))\n")
        throw ExitCode.no
    }
}
