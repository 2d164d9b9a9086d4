import ArgumentParser
import AutoTagger
import Composition
import Configuration
import JSON

/// `autotagger handlers`.
struct HandlersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlers",
        abstract: "Lists the registered handlers: the events they wait for and what they tag.",
        discussion: """
            Example: is there a handler for key pairs?
              autotagger handlers show ec2:key-pair
            """,
        subcommands: [
            HandlersListCommand.self, HandlersShowCommand.self, HandlersCheckCommand.self, HandlersTestCommand.self,
        ]
    )
}

/// `autotagger handlers list`.
struct HandlersListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists every handler, built in and your own.",
        discussion: """
            Examples:
              autotagger handlers list
              autotagger handlers list --handlers config/handlers.d --format json
            """
    )

    @OptionGroup var format: FormatOption
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let all = try loaded.assembly.registry().all()
        nameMistakes(in: loaded.settings, among: all, to: context)
        let rows = Rows.handlers(all, loaded.settings)
        let format = try format.resolved(in: context.environment)
        context.output(rows.rendered(as: format, terminalWidth: context.terminalWidth))
    }

    /// Says which globs of the settings cover nothing: a typing error there switches nothing on or off, and nobody else says so.
    private func nameMistakes(in settings: Settings, among all: [RegisteredHandler], to context: CommandContext) {
        let rules = settings.dispatcher.gate
        let switches = rules.onlyHandlers + rules.disabledHandlers + rules.enabledHandlers
        name(
            switches, under: "handlers", asNone: "handler", of: Set(all.map(\.handler.resource.description)),
            to: context)
        let types = Set(all.flatMap { $0.handler.produces.map(\.description) })
        name(
            settings.taggingRoute.resourceGroups, under: "resourceGroups", asNone: "resource type", of: types,
            to: context)
    }

    private func name(
        _ globs: [Glob], under key: String, asNone kind: String, of known: Set<String>, to context: CommandContext
    ) {
        for glob in globs where !known.contains(where: glob.matches) {
            let hint = Suggestion.nearest(to: glob.pattern, among: known).map { "; did you mean \($0)?" } ?? ""
            context.errors("autotagger: '\(glob)' under '\(key)' in the settings is no \(kind)\(hint)\n")
        }
    }
}

/// `autotagger handlers show`.
struct HandlersShowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a handler: its events, its tagging call, the permissions it needs.",
        discussion: """
            Ends with 1 when there is no such handler.

            Example:
              autotagger handlers show ec2:instance
            """
    )

    @Argument(help: ArgumentHelp("The resource type, such as ec2:instance; globs are allowed.", valueName: "type"))
    var type: String

    @OptionGroup var format: FormatOption
    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let loaded = try LoadedSettings(global, in: context)
        let glob = Glob(type, ignoringCase: true)
        let all = try loaded.assembly.registry().all()
        let found = all.filter { entry in entry.handler.produces.contains { glob.matches($0.description) } }
        guard !found.isEmpty else {
            let types = Set(all.flatMap { $0.handler.produces.map(\.description) })
            let hint = Suggestion.nearest(to: type, among: types).map { "; did you mean \($0)?" } ?? ""
            context.errors("autotagger: no handler tags '\(type)'\(hint)\n")
            throw ExitCode.no
        }
        var rows = Rows.handlers(found, loaded.settings, withPermissions: true)
        rows.layout = .blocks
        let format = try format.resolved(in: context.environment)
        context.output(rows.rendered(as: format, terminalWidth: context.terminalWidth))
    }
}

extension Rows {
    static func handlers(_ entries: [RegisteredHandler], _ settings: Settings, withPermissions: Bool = false) -> Rows {
        let gate = Gate(settings.dispatcher.gate)
        return Rows(
            columns: [
                Column(title: "RESOURCE", key: "resource"), Column(title: "EVENT SOURCE", key: "eventSource"),
                Column(title: "EVENTS", key: "eventNames"), Column(title: "TAGGING", key: "tagging"),
                Column(title: "ALSO TAGS", key: "also"), Column(title: "LOOKUPS", key: "lookups"),
                Column(title: "KIND", key: "kind"), Column(title: "ENABLED", key: "enabled"),
                Column(title: "ORIGIN", key: "origin"),
            ] + (withPermissions ? [Column(title: "PERMISSIONS", key: "permissions")] : []),
            records: entries.flatMap { entry in
                let bySource = Dictionary(grouping: entry.handler.triggers, by: \.eventSource)
                return bySource.sorted { $0.key < $1.key }.map { source, triggers in
                    record(
                        entry, source, triggers.map(\.eventName), settings.taggingRoute,
                        isEnabled: gate.isEnabled(entry.handler), withPermissions: withPermissions)
                }
            })
    }

    private static func record(
        _ entry: RegisteredHandler, _ source: String, _ names: [String], _ route: TaggingRoute, isEnabled: Bool,
        withPermissions: Bool
    ) -> Record {
        let handler = entry.handler
        let tagging = route.operation(for: handler.resource, declared: handler.tagging).description
        let also = handler.produces.dropFirst().map(\.description)
        let kind = handler.isDeclared ? "declared" : "code"
        let permissions = withPermissions ? handler.permissions(by: route).map(\.action).sorted() : []
        return Record(
            cells: [
                handler.resource.description, source, names.joined(separator: " "), tagging,
                also.joined(separator: " "), handler.lookupActions.joined(separator: " "), kind,
                isEnabled ? "yes" : "no", "\(entry.origin)",
            ] + (withPermissions ? [permissions.joined(separator: " ")] : []),
            document: .object(
                [
                    "plugin": .string(entry.plugin), "resource": .string(handler.resource.description),
                    "eventSource": .string(source), "eventNames": .array(names.map { .string($0) }),
                    "kind": .string(kind), "tagging": .string(tagging),
                    "ephemeral": .bool(handler.isEphemeral), "enabled": .bool(isEnabled),
                    "origin": .string("\(entry.origin)"),
                    "permissions": withPermissions ? .array(permissions.map { .string($0) }) : nil,
                ].compactMapValues(\.self)))
    }
}
