import ArgumentParser
import AutoTagger
import CloudTrail
import Composition
import Configuration
import EventSources

/// `autotagger process`.
struct ProcessCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Tags what the events in files, folders or standard input call for.",
        discussion: """
            Reads CloudTrail records in any envelope: bare, EventBridge, trail log files, \
            SQS, SNS, arrays, one a line; gzip of each. A folder stands for the .json, \
            .ndjson and .json.gz files anywhere below it. An event that the ledger has as \
            done is a duplicate: nothing is asked of AWS.

            Ends with 0 when all is done, 65 when an input is not CloudTrail (the good ones \
            are processed), 69 when AWS is not reachable, 75 when something is worth trying \
            again, 77 when AWS refuses, 78 when the settings are wrong.

            Examples:
              autotagger process event.json
              autotagger process --format ndjson logs/ | jq -r .outcome | sort | uniq -c
              aws cloudtrail lookup-events --output json | autotagger process --dry-run -
            """
    )

    @Argument(help: ArgumentHelp("Files or folders; - for standard input.", valueName: "path"))
    var paths: [String]

    @OptionGroup var format: FormatOption
    @OptionGroup var dryRun: DryRunOption

    @Flag(help: "Refuses to tag what the ledger cannot remember (AUTOTAGGER_STRICT).")
    var strict = false

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let inputs = try InputFiles.resolve(paths)
        let loaded = try LoadedSettings(global, in: context)
        let isDryRun = dryRun.resolved(in: context.environment)
        var assembly = loaded.assembly
        assembly.settings.dispatcher.isStrict = assembly.settings.dispatcher.isStrict || isStrict(context)
        let dispatcher = try assembly.dispatcher(
            ledger: isDryRun ? ForgetfulLedger() : assembly.ledger(at: loaded.ledger, now: context.now()))
        var run = EventRun(
            output: ReportOutput(format: try format.resolved(in: context.environment), context: context),
            context: context)
        for input in inputs {
            await run.process(input) { events in
                if !isDryRun { return await dispatcher.process(events) }
                var reports: [EventReport] = []
                for event in events { reports.append(await dispatcher.explain(event)) }
                return reports
            }
        }
        try run.finish()
    }

    private func isStrict(_ context: CommandContext) -> Bool {
        strict || EnvironmentTwins(context.environment)["STRICT"].map { $0 != "0" && $0 != "false" } == true
    }
}
