import ArgumentParser
import AutoTagger

/// `autotagger ledger who`.
struct LedgerWhoCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "Says who made a resource: the maker, when, how, and from which event.",
        usage: "autotagger ledger who <resource> [<options>]",
        discussion: """
            Ends with 1 when nobody is known.

            Examples:
              autotagger ledger who i-0123456789abcdef0
              autotagger ledger who arn:aws:s3:::my-bucket --format json
            """
    )

    @Argument(help: ArgumentHelp("The resource's id or ARN.", valueName: "resource"))
    var resource: String

    @OptionGroup var question: LedgerQuestion

    func run(in context: CommandContext) async throws {
        let records = try await question.history(in: context).makers(ofResource: resource)
        let known = records.filter { $0.report.identity != nil }
        if known.isEmpty {
            let events = records.map(\.report.eventID).joined(separator: ", ")
            let found = records.isEmpty ? "no event in the ledger made it" : "event \(events) does not say who called"
            context.errors("autotagger: nobody is known to have made \(resource): \(found)\n")
        }
        try question.print(.makers(of: resource, in: known), in: context)
        if known.isEmpty { throw ExitCode.no }
    }
}
