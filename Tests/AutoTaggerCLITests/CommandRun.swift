import ArgumentParser
import AutoTaggerCLI
import Foundation
import Synchronization

/// What a command line did in this process: its texts and what it would have ended with.
struct CommandRun: Sendable {
    let output: String
    let errors: String
    let status: Int32

    static func of(
        _ arguments: [String],
        environment: [String: String] = [:],
        now: Date = Date(timeIntervalSince1970: 1_691_100_000),
        terminalWidth: Int? = nil
    ) async -> CommandRun {
        let texts = Texts()
        let context = CommandContext(
            environment: environment,
            now: { now },
            output: { text in texts.output.withLock { $0 += text } },
            errors: { text in texts.errors.withLock { $0 += text } },
            terminalWidth: terminalWidth
        )
        let code = await AutoTaggerCommand.execute(arguments, in: context)
        return CommandRun(
            output: texts.output.withLock(\.self),
            errors: texts.errors.withLock(\.self),
            status: code.rawValue
        )
    }

    private final class Texts: Sendable {
        let output = Mutex("")
        let errors = Mutex("")
    }
}
