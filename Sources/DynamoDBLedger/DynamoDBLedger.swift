public import AWSClient
public import AutoTagger
public import Foundation

/// The ledger of many machines: a table in DynamoDB.
///
/// Every write is conditional on the item's version, so that of two who claim one event exactly one is granted it, and an
/// answer that was lost is recognised by the owner's token when the item is read again. A new event takes one write to claim
/// and, as it is remembered until then, one to settle; nothing is read in between. How the table is laid out, and what that
/// costs, stands in `docs/ledger.md`.
public actor DynamoDBLedger: Ledger {
    nonisolated let table: DynamoDBTable
    /// How long an event is kept after its last change.
    nonisolated let retention: TimeInterval
    nonisolated let newToken: @Sendable () -> String
    /// The events that were granted here and are not settled yet, as they were written.
    var granted: [EventKey: EventEntry] = [:]

    /// A ledger in a table; nothing is asked of it yet.
    ///
    /// - Parameters:
    ///   - table: The table's name, in the account of the client's own credentials.
    ///   - region: Where it is.
    ///   - retention: For how many seconds after its last change an event is kept (DynamoDB's time to live).
    ///   - clock: What waits before what DynamoDB left undone is asked for again.
    ///   - random: Uniform in 0 up to 1, for the jitter of those waits.
    ///   - newToken: A text that nobody else has, for each write of resources that need items of their own.
    public init(
        table: String,
        region: String,
        client: AWSClient,
        retention: TimeInterval,
        clock: any Clock<Duration> = ContinuousClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        newToken: @escaping @Sendable () -> String = { UUID().uuidString }
    ) {
        self.table = DynamoDBTable(name: table, region: region, client: client, clock: clock, random: random)
        self.retention = retention
        self.newToken = newToken
    }
}
