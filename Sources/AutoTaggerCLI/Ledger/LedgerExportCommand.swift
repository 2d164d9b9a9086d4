import ArgumentParser
import AutoTagger
import Composition

/// `autotagger ledger export`.
struct LedgerExportCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes out every event that matches, the latest first, for other programs.",
        usage: "autotagger ledger export [<options>]",
        discussion: """
            Without a limit and without holding more than a page of them: the whole ledger \
            may be asked for.

            Examples:
              autotagger ledger export > ledger.ndjson
              autotagger ledger export --since 30d --user '*@example.com' --format csv > made.csv
            """
    )

    /// In which form events are written out.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case csv, ndjson
    }

    /// How many events are read at a time.
    private static let pageSize = 500

    @OptionGroup var filter: LedgerFilter

    @Option(help: "In which form events are written.")
    var format = Format.ndjson

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let history = try loaded.assembly.history(at: loaded.ledger)
        let query = filter.query(region: global.region, limit: Self.pageSize, asOf: context.now())
        var count = 0
        var position: LedgerPosition?
        repeat {
            let page = try await history.page(of: query, after: position)
            let rows = Rows.events(page.records)
            switch format {
            case .csv: context.output(rows.csv(titled: position == nil))
            case .ndjson: context.output(rows.rendered(as: .ndjson))
            }
            count += page.records.count
            position = page.next
        } while position != nil
        context.errors("\(count) event\(count == 1 ? "" : "s") written\n")
    }
}
