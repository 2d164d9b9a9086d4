import ArgumentParser
import AutoTagger

/// `autotagger ledger verify`.
struct LedgerVerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that the ledger is sound: the file, its indexes, and the rows that refer to each other.",
        usage: "autotagger ledger verify [<options>]",
        discussion: """
            Prints what is wrong, one finding a line, and ends with 1; says so and ends with 0 when nothing is.

            Example:
              autotagger ledger verify --ledger /var/lib/autotagger/autotagger.sqlite
            """
    )

    @OptionGroup var question: LedgerQuestion

    func run(in context: CommandContext) async throws {
        let findings = try await question.history(in: context).verify()
        try question.print(.findings(findings), in: context)
        if !findings.isEmpty { throw ExitCode.no }
        context.errors("the ledger is sound\n")
    }
}
