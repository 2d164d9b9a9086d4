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
        let named: [String: JSONValue] = ["TableName": .string(table.name)]
        do throws(LedgerError) {
            let description = try await table.call(.describeTable, named)["Table"] ?? [:]
            let count = description["ItemCount"]?.integer ?? 0
            var troubles = layout(description)
            if troubles.isEmpty { troubles += try await forgetting(named) }
            return LedgerCondition(exists: true, details: ["about \(count) items"], troubles: troubles)
        } catch {
            return LedgerCondition(
                exists: error.code != "missing",
                troubles: [
                    LedgerCondition.Trouble(
                        // To be refused a look is no finding about the table.
                        isFatal: error.code != "denied", what: error.message,
                        why: error.code == "denied"
                            ? "so the doctor cannot tell how it is"
                            : "without a ledger events are done again and again",
                        advice: error.code == "denied"
                            ? "autotagger doctor --permissions prints what it needs" : "see docs/ledger.md, or --ledger"
                    )
                ])
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

    private func forgetting(_ named: [String: JSONValue]) async throws(LedgerError) -> [LedgerCondition.Trouble] {
        let lifetime = try await table.call(.describeTimeToLive, named)["TimeToLiveDescription"]
        let isOn = lifetime?["TimeToLiveStatus"]?.string?.hasPrefix("ENABL") == true
        guard !isOn || lifetime?["AttributeName"]?.string != TableDefinition.timeToLive else { return [] }
        return [
            .init(
                isFatal: false, what: "the table never forgets",
                why: "time to live is not on for the attribute '\(TableDefinition.timeToLive)', so it grows for ever",
                advice: "aws dynamodb update-time-to-live --table-name \(table.name) --time-to-live-specification"
                    + " Enabled=true,AttributeName=\(TableDefinition.timeToLive)")
        ]
    }
}
