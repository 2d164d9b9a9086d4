public import AutoTagger
private import Foundation

/// Where the ledger is: a file of this machine, or a table that many machines share.
public enum LedgerLocation: Sendable, Hashable, CustomStringConvertible {
    /// A SQLite file.
    case file(path: String)
    /// A DynamoDB table of the own account; without a region it is in that of the settings.
    case table(name: String, region: String?)

    private static let scheme = "dynamodb://"

    /// Reads what a person wrote: a path, or `dynamodb://TABLE` with or without `?region=REGION`.
    ///
    /// - Throws: ``ConfigurationError`` that says what was meant to stand there.
    public init(_ text: String) throws(ConfigurationError) {
        guard text.contains("://") else {
            self = .file(path: text)
            return
        }
        guard text.hasPrefix(Self.scheme) else {
            throw ConfigurationError(
                "the ledger \(text) is neither a file nor a table: name a path or dynamodb://TABLE with --ledger or "
                    + "AUTOTAGGER_LEDGER"
            )
        }
        let parts = text.dropFirst(Self.scheme.count).split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let name = String(parts.first ?? "")
        guard Self.isTableName(name) else {
            throw ConfigurationError(
                "the ledger \(text): '\(name)' is no table's name; it takes 3 to 255 of letters, digits, '_', '-' and '.', "
                    + "as in dynamodb://autotagger"
            )
        }
        guard parts.count == 2 else {
            self = .table(name: name, region: nil)
            return
        }
        let option = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard option.count == 2, option[0] == "region", !option[1].isEmpty, option[1].allSatisfy(Self.isPlain) else {
            throw ConfigurationError(
                "the ledger \(text): '\(parts[1])' is not known; a table takes only a region, as in "
                    + "dynamodb://\(name)?region=eu-central-1"
            )
        }
        self = .table(name: name, region: String(option[1]))
    }

    /// Where it is unless somebody says otherwise: in the state folder.
    public static func usual(in environment: [String: String]) -> LedgerLocation {
        .file(path: stateFolder(environment) + "/autotagger.sqlite")
    }

    /// Where state belongs by the XDG rules; a Lambda function may write in `/tmp` only, and so may who has no home.
    private static func stateFolder(_ environment: [String: String]) -> String {
        if environment["AWS_LAMBDA_FUNCTION_NAME"] != nil { return "/tmp/autotagger" }
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/autotagger" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state/autotagger" }
        return "/tmp/autotagger"
    }

    /// As it is written.
    public var description: String {
        switch self {
        case .file(let path): path
        case .table(let name, let region): Self.scheme + name + (region.map { "?region=\($0)" } ?? "")
        }
    }

    private static func isTableName(_ text: String) -> Bool {
        (3...255).contains(text.count) && text.allSatisfy { isPlain($0) || $0 == "_" || $0 == "." }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-")
    }
}
