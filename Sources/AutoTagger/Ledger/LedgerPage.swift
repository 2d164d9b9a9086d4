/// A place in a list of events, from which the list goes on.
///
/// Only the ledger that made it can read it: its text is that ledger's own.
public struct LedgerPosition: Sendable, Hashable {
    /// The place in the ledger's own words.
    public let text: String

    /// A place in a ledger's own words.
    public init(_ text: String) { self.text = text }
}

/// A part of a list of events, and where the next part begins.
public struct LedgerPage: Sendable, Hashable {
    /// The events, the latest first.
    public let records: [LedgerRecord]
    /// Where the next page begins; `nil` after the last one.
    public let next: LedgerPosition?

    /// A page with what follows it.
    public init(records: [LedgerRecord], next: LedgerPosition?) {
        self.records = records
        self.next = next
    }
}

extension LedgerHistory {
    /// The events that match, the latest first, up to the query's limit.
    public func events(matching query: LedgerQuery) async throws(LedgerError) -> [LedgerRecord] {
        try await page(of: query, after: nil).records
    }
}
