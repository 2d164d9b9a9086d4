import Foundation
import JSON
import Testing

/// A play that is written in Python beside the fake AWS, and answers with a JSON document.
enum PythonModule {
    /// What a module under `Tests/EndToEnd` prints when it is run on the program.
    static func answer(of name: String, _ options: [String] = []) async throws -> JSONValue {
        var answer: JSONValue?
        try await Workspace.with { place in
            var environment = ProcessInfo.processInfo.environment
            environment["PYTHONPATH"] = Prerequisites.support.path
            let run = try await RunningProgram(
                Prerequisites.python, ["-m", name, Prerequisites.autotagger.path] + options,
                environment: environment, in: place.folder
            ).finished()
            answer = try? JSONValue(parsing: run.output)
            if answer == nil { Issue.record("\(name) gave no answer: \(run.account)") }
        }
        return try #require(answer)
    }
}
