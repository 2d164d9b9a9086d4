import ArgumentParser
import AutoTagger
import Composition

/// `autotagger ledger`: the questions people ask of what was done.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Asks the ledger who made what, and what became of each event.",
        discussion: """
            Example: who made this volume?
              autotagger ledger who vol-0123456789abcdef0
            """,
        subcommands: [
            LedgerWhoCommand.self, LedgerListCommand.self, LedgerShowCommand.self, LedgerStatsCommand.self,
            LedgerVerifyCommand.self, LedgerRetryCommand.self, LedgerExportCommand.self, LedgerPruneCommand.self,
        ]
    )
}

/// What the verbs that ask have in common.
struct LedgerQuestion: ParsableArguments {
    @OptionGroup var format: FormatOption
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    /// The ledger, open for questions; it is never made or changed.
    func history(in context: CommandContext) throws -> any LedgerHistory {
        let loaded = try LoadedSettings(global, in: context)
        return try loaded.assembly.history(at: loaded.ledger)
    }

    /// Prints what was found in the form that was asked for.
    func print(_ rows: Rows, in context: CommandContext) throws {
        let format = try format.resolved(in: context.environment)
        context.output(rows.rendered(as: format, terminalWidth: context.terminalWidth))
    }
}
