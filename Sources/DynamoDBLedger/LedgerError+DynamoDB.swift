internal import AWSClient
internal import AutoTagger

extension LedgerError {
    /// What DynamoDB said, in words that name the table and the way out.
    init(_ error: AWSError, table: DynamoDBTable) {
        switch (error.code, error.kind) {
        case ("ResourceNotFoundException", _):
            self.init(
                code: "missing",
                message: "there is no table \(table.name) in \(table.region): create it with the templates in "
                    + "config/deploy or with the command in docs/ledger.md, or name another with --ledger or "
                    + "AUTOTAGGER_LEDGER (\(error))"
            )
        case ("AccessDeniedException", _), ("UnrecognizedClientException", _), ("InvalidSignatureException", _),
            ("InvalidClientTokenId", _), ("MissingAuthenticationToken", _):
            self.init(
                code: "denied",
                message:
                    "the ledger \(table) refuses this caller: allow \(error.service):\(error.operation) on the table "
                    + "and its indexes (docs/ledger.md lists what each verb needs) (\(error))"
            )
        case ("ValidationException", _), ("SerializationException", _):
            self.init(
                code: "notALedger",
                message: "the table \(table.name) does not take what a ledger writes: 'autotagger ledger verify' tells "
                    + "how its keys and indexes differ from those in docs/ledger.md (\(error))"
            )
        case (_, .throttled): self = .tooBusy(table)
        case (_, .credentials):
            self.init(code: "credentials", message: "the ledger \(table) cannot be asked: \(error)")
        case (_, .configuration):
            self.init(code: "unavailable", message: "the ledger \(table) cannot be reached: \(error)")
        default:
            self.init(code: "unavailable", message: "the ledger \(table) did not answer: \(error)")
        }
    }

    /// The table takes fewer requests than are needed.
    static func tooBusy(_ table: DynamoDBTable) -> LedgerError {
        LedgerError(
            code: "busy",
            message: "the ledger \(table) is throttled: raise the table's capacity or switch it to on-demand billing "
                + "(PAY_PER_REQUEST); what was not written is tried again with the next delivery"
        )
    }

    /// Many others write the same event at once.
    static func contended(_ table: DynamoDBTable) -> LedgerError {
        LedgerError(
            code: "busy",
            message:
                "the ledger \(table) could not write an event: others keep changing it; it is tried again with the "
                + "next delivery"
        )
    }

    /// An item that this version cannot make sense of.
    static func unreadable(_ item: Item) -> LedgerError {
        let name = item.key.map { "\($0.pk), \($0.sk)" } ?? "without a key"
        return LedgerError(
            code: "corrupt",
            message: "the item \(name) in the ledger's table cannot be read: it was changed by hand, or by a newer "
                + "AutoTagger; 'autotagger ledger verify' lists all such items"
        )
    }
}
