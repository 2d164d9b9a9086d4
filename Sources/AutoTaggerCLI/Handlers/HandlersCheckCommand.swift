import ArgumentParser
import AutoTagger
import Composition
import Configuration

/// `autotagger handlers check`.
struct HandlersCheckCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks files of handlers: every mistake with its line, and the word that was probably meant.",
        discussion: """
            A folder stands for the .yaml and .yml files in it. Ends with 78 when there is a \
            mistake in any of them, or two lines claim the same event and type.

            Example:
              autotagger handlers check config/handlers.d
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of them.", valueName: "file"))
    var files: [String]

    @OptionGroup(title: "Options of every verb") var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let builtIn = try LoadedSettings(global, in: context).assembly.registry()
        var problems: [ConfigurationError.Problem] = []
        var all: [RegisteredHandler] = []
        for file in try files.flatMap(HandlerFolder.files(at:)) {
            do {
                let handlers = try HandlerFolder.load(file: file)
                all += handlers
                context.output("\(file): \(Self.count(handlers.count, "handler"))\n")
                for line in try Self.replacements(handlers, builtIn) { context.output("  \(line)\n") }
            } catch {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw ConfigurationError(problems) }
        try HandlerRegistry.refuseClashes(in: all)
    }

    /// The built-in handlers that a file's stand in for: mostly meant, but worth saying.
    private static func replacements(
        _ handlers: [RegisteredHandler], _ registry: HandlerRegistry
    ) throws(ConfigurationError) -> [String] {
        var lines: [String] = []
        for entry in handlers {
            for trigger in entry.handler.triggers {
                let others = try registry.handlers(for: trigger)
                    .filter { $0.handler.resource == entry.handler.resource && $0.origin != entry.origin }
                if let other = others.first {
                    lines.append("\(entry.handler.resource) of \(trigger) takes the place of a \(other.origin) one")
                }
            }
        }
        return lines
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
