import ArgumentParser

/// Where the ledger is.
public struct LedgerLocation: Sendable, Equatable {
    /// The SQLite file.
    public let path: String

    /// The location that a person named, or the default in the state folder.
    /// - Throws: ``CommandFailure`` with exit code 78 for a location that is no file.
    init(_ text: String?, environment: [String: String]) throws {
        guard let text, !text.isEmpty else {
            path = Self.stateFolder(environment) + "/autotagger.sqlite"
            return
        }
        if text.hasPrefix("dynamodb://") {
            throw CommandFailure(
                code: "ledgerKind",
                message: "the ledger \(text): DynamoDB is not available in this version; name a file with --ledger",
                exitCode: .configuration
            )
        }
        if text.contains("://") {
            throw CommandFailure(
                code: "ledgerKind",
                message: "the ledger \(text) is not a file: name a path with --ledger or AUTOTAGGER_LEDGER",
                exitCode: .configuration
            )
        }
        path = text
    }

    /// Where state belongs by the XDG rules; a Lambda function may write in `/tmp` only, and so may who has no home.
    static func stateFolder(_ environment: [String: String]) -> String {
        if environment["AWS_LAMBDA_FUNCTION_NAME"] != nil { return "/tmp/autotagger" }
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/autotagger" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state/autotagger" }
        return "/tmp/autotagger"
    }
}
