import AWSDeployment
import ArgumentParser
import AutoTagger
import Composition
import Configuration
import Doctor
import JSON

/// `autotagger doctor`.
struct DoctorCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says why nothing is tagged: looks at every piece between an API call and its tag.",
        discussion: """
            Settings, handlers, region, credentials, accounts, clock, ledger, permissions, trail, rule and \
            its pattern, delivery, queue, dead letters, function, and what the ledger remembers. Each line \
            is ok, warning, broken or left out, with the reason and what to do. Nothing is changed.

            Of the deployment one name is enough, since the others are found from it: a queue finds the \
            rules that feed it, a function its queue. With none, rules called autotagger… are looked for.

            Ends with 0 when nothing is broken. Else the first broken line decides: 78 something is set up \
            wrongly, 77 AWS refuses, 69 AWS cannot be reached, 75 the work itself fails or waits.

            Examples:
              autotagger doctor
              autotagger doctor --queue-url https://sqs.eu-west-1.amazonaws.com/123456789012/autotagger
              autotagger doctor --function autotagger --region eu-west-1 --format json
              autotagger doctor --permissions > doctor-policy.json
            """
    )

    @Option(
        name: .customLong("queue-url"),
        help: ArgumentHelp(
            "A queue that events wait in; can be repeated (AUTOTAGGER_QUEUE_URL, or daemon.queueURLs in the settings).",
            valueName: "url"))
    var queueURL: [String] = []

    @Option(help: ArgumentHelp("The EventBridge rule (AUTOTAGGER_RULE).", valueName: "name"))
    var rule: String?

    @Option(
        name: .customLong("event-bus"),
        help: ArgumentHelp("The bus that the rule is on (AUTOTAGGER_EVENT_BUS); by default default.", valueName: "name")
    )
    var eventBus: String?

    @Option(help: ArgumentHelp("The Lambda function (AUTOTAGGER_FUNCTION).", valueName: "name"))
    var function: String?

    @Flag(help: "Prints the permissions that the doctor itself needs, as a policy, and looks at nothing.")
    var permissions = false

    @OptionGroup var format: FormatOption
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        guard !permissions else { return context.output(Self.policy.compactText + "\n") }
        let format = try format.resolved(in: context.environment)
        let (loaded, reading) = try settings(in: context)
        let names = names(in: context, daemon: loaded.settings.daemon)
        let doctor = loaded.assembly.doctor(
            ledger: loaded.ledger, names: names, reading: reading, now: context.now)
        let lines = await doctor.examine()
        context.output(
            format == .table
                ? DoctorOutput.text(lines)
                : Rows.checks(lines).rendered(as: format, terminalWidth: context.terminalWidth))
        if let trouble = lines.lazy.compactMap(\.trouble).first { throw ExitCode(trouble) }
    }

    /// The settings; where they are wrong, the defaults with what is wrong.
    private func settings(in context: CommandContext) throws -> (LoadedSettings, SettingsCheck.Reading) {
        do {
            let loaded = try LoadedSettings(global, in: context)
            return (loaded, SettingsCheck.Reading(file: loaded.file))
        } catch {
            let reading = SettingsCheck.Reading(file: nil, mistake: "\(error)")
            if let loaded = try? LoadedSettings(global, in: context, readsFile: false) { return (loaded, reading) }
            var bare = context
            bare.environment = context.environment.filter { !$0.key.hasPrefix("AUTOTAGGER_") }
            return (try LoadedSettings(GlobalOptions.parse([]), in: bare, readsFile: false), reading)
        }
    }

    /// What is named here, by the environment, or for the daemon.
    private func names(in context: CommandContext, daemon: Settings.Daemon) -> Site.Names {
        let twins = EnvironmentTwins(context.environment)
        return Site.Names(
            queueURLs: queueURL.isEmpty ? twins.queueURLs ?? daemon.queueURLs : queueURL, rule: rule ?? twins["RULE"],
            bus: eventBus ?? twins["EVENT_BUS"] ?? "default",
            function: function ?? twins["FUNCTION"])
    }

    private static var policy: JSONValue {
        [
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Sid": "AutoTaggerDoctor", "Effect": "Allow", "Resource": "*",
                    "Action": .array(DoctorPermissions.actions.map { .string($0) }),
                ]
            ],
        ]
    }
}

extension ExitCode {
    fileprivate init(_ trouble: CheckLine.Trouble) {
        switch trouble {
        case .configuration: self = .configuration
        case .permission: self = .permissionDenied
        case .unreachable: self = .unreachable
        case .work: self = .tryAgain
        }
    }
}
