public import AWSClient
public import AutoTagger
internal import JSON

/// Looks at a ledger's table: whether it is there, laid out as a ledger needs it, and forgets what is old.
public struct DynamoDBLedgerProbe: LedgerProbe {
    /// What working on events takes; to look at the ledger takes more, as `docs/ledger.md` says.
    public static let workActions = [
        "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:Query",
    ]

    private let ledger: DynamoDBLedger

    private var table: DynamoDBTable { ledger.table }

    /// A probe of a table.
    public init(table: String, region: String, client: AWSClient) {
        // It is only read, so that nothing depends on how long it keeps what it holds.
        ledger = DynamoDBLedger(table: table, region: region, client: client, retention: 0)
    }

    /// The table, as `--ledger` names it.
    public var place: String { "\(table)" }

    /// It is.
    public var isRemote: Bool { true }

    /// See ``LedgerProbe/permissions(account:)``.
    public func permissions(account: String) -> LedgerPermissions? {
        let partition = AWSPartition(region: table.region).id
        return LedgerPermissions(
            resource: "arn:\(partition):dynamodb:\(table.region):\(account):table/\(table.name)",
            actions: Self.workActions)
    }

    /// See ``LedgerProbe/history()``.
    public func history() async throws(LedgerError) -> (any LedgerHistory)? { ledger }

    /// See ``LedgerProbe/condition()``. Two calls; the items themselves are not read.
    public func condition() async -> LedgerCondition {
        do throws(LedgerError) {
            let description = try await table.layout()
            let count = description["ItemCount"]?.integer ?? 0
            var troubles = layout(description)
            if troubles.isEmpty { troubles += try await forgetting() }
            return LedgerCondition(exists: true, details: ["about \(count) items"], troubles: troubles)
        } catch {
            return LedgerCondition(exists: error.code != "missing", troubles: [Self.unseen(error)])
        }
    }

    /// To be refused a look, or not to be answered, is no finding about the table.
    private static func unseen(_ error: LedgerError) -> LedgerCondition.Trouble {
        let unknown = "so the doctor cannot tell how it is"
        return switch error.code {
        case "missing", "notALedger":
            .init(
                isFatal: true, what: error.message, why: "without a ledger events are done again and again",
                advice: "see docs/ledger.md, or --ledger")
        case "denied":
            .init(
                isFatal: false, what: error.message, why: unknown,
                advice: "autotagger doctor --permissions prints what it needs")
        default:
            .init(isFatal: false, what: error.message, why: unknown, advice: "run autotagger doctor again")
        }
    }

    private func layout(_ description: JSONValue) -> [LedgerCondition.Trouble] {
        let status = description["TableStatus"]?.string ?? ""
        if !["ACTIVE", "UPDATING"].contains(status) {
            return [
                .init(
                    isFatal: true, what: "the table is \(status)", why: "it takes nothing in that state",
                    advice: "wait, or name another with --ledger")
            ]
        }
        return TableDefinition.differences(of: description).prefix(1).map { difference in
            .init(
                isFatal: true, what: difference, why: "the ledger cannot be kept in such a table",
                advice:
                    "docs/ledger.md has the command that makes one; 'autotagger ledger verify' lists all differences")
        }
    }

    private func forgetting() async throws(LedgerError) -> [LedgerCondition.Trouble] {
        if try await table.forgets() { return [] }
        return [
            .init(
                isFatal: false, what: "the table never forgets",
                why: "time to live is not on for the attribute '\(TableDefinition.timeToLive)', so it grows for ever",
                advice: "aws dynamodb update-time-to-live --table-name \(table.name) --time-to-live-specification"
                    + " Enabled=true,AttributeName=\(TableDefinition.timeToLive)")
        ]
    }
}
