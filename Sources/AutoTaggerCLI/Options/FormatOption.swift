public import ArgumentParser
import Configuration

/// In which form a list is printed.
public enum OutputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case table, json, ndjson, csv
}

/// `--format`, of the verbs that print lists.
public struct FormatOption: ParsableArguments {
    /// `--format`.
    @Option(help: "How results are printed (AUTOTAGGER_FORMAT); by default table.")
    public var format: OutputFormat?

    /// Made by the parser.
    public init() {}

    /// The option, else its twin in the environment, else a table.
    /// - Throws: ``CommandFailure`` with exit code 78 for a variable that names no format.
    public func resolved(in environment: [String: String]) throws -> OutputFormat {
        try format ?? EnvironmentTwins(environment).value("FORMAT") ?? .table
    }
}
