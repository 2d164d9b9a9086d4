public import ArgumentParser
public import AutoTagger
import EventSources
import Foundation

/// The root of the command line: `autotagger`.
public struct AutoTaggerCommand: AsyncParsableCommand {
    /// The version that `--version` prints.
    public static let version = "0.1.0"

    /// Names the verbs.
    public static let configuration = CommandConfiguration(
        commandName: "autotagger",
        abstract: "Tags AWS resources with who made them, from CloudTrail events.",
        version: version,
        subcommands: [
            ProcessCommand.self, ExplainCommand.self, DaemonCommand.self, LedgerCommand.self, HandlersCommand.self,
            GenerateCommand.self, DoctorCommand.self,
        ]
    )

    /// Made by the parser.
    public init() {}

    /// Runs the verb that the process's arguments name, and ends the process.
    ///
    /// `plugins` come on top of the built-in ones, for an executable of your own.
    public static func main(plugins: [any Plugin] = []) async {
        var context = CommandContext.process
        context.plugins = plugins
        Foundation.exit(await execute(Array(CommandLine.arguments.dropFirst()), in: context).rawValue)
    }

    /// Runs the verb that the arguments name, and answers what the process shall end with.
    ///
    /// Results go to the context's output, help included; what went wrong goes to its errors, as text without a trace.
    public static func execute(_ arguments: [String], in context: CommandContext = .process) async -> ExitCode {
        do {
            let command = try parseAsRoot(arguments)
            if let verb = command as? any Verb {
                try await verb.run(in: context)
            } else {
                // `help` and `--version` are the parser's own.
                var other = command
                try other.run()
            }
            return .success
        } catch let error as ExitCode {
            return error
        } catch let error as CommandFailure {
            context.errors("autotagger: \(error.message)\n")
            return error.exitCode
        } catch let error as ConfigurationError {
            context.errors("autotagger: \(error.description)\n")
            return .configuration
        } catch let error as InputFiles.Unreadable {
            context.errors("autotagger: \(error.description)\n")
            return .validationFailure
        } catch let error as LedgerError {
            context.errors("autotagger: \(error.message)\n")
            return error.exitCode
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if !text.isEmpty { (code.isSuccess ? context.output : context.errors)(text + "\n") }
            return code
        }
    }
}

/// A verb that takes all it needs from the context it is given.
protocol Verb: AsyncParsableCommand {
    func run(in context: CommandContext) async throws
}

extension Verb {
    mutating func run() async throws {
        try await run(in: .process)
    }
}
