public import Foundation

/// A ledger that remembers nothing: for dry runs, and for those who want tags and no history.
///
/// Every event is granted and every settlement accepted; every question finds nothing.
public struct ForgetfulLedger: Ledger {
    /// A ledger; all of them are alike.
    public init() {}

    /// Grants everything.
    public func claim(_ requests: [ClaimRequest]) async throws(LedgerError) -> [ClaimAnswer] {
        requests.map { _ in .granted(attempt: 1) }
    }

    /// Accepts everything and keeps nothing.
    public func settle(_ settlements: [Settlement]) async throws(LedgerError) -> [Bool] {
        settlements.map { _ in true }
    }

    /// Keeps nothing.
    public func note(_ skipped: [SkippedEvent]) async throws(LedgerError) {}

    /// Holds nothing that could be given back.
    public func release(_ keys: [EventKey], owner: String) async throws(LedgerError) {}

    /// Holds nothing that could be freed.
    public func free(_ keys: [EventKey], now: Date) async throws(LedgerError) -> Int { 0 }

    /// Has nothing to forget.
    public func prune(before limit: Date, isDryRun: Bool) async throws(LedgerError) -> Int { 0 }

    /// Knows of none.
    public func latestCreations(of arns: [String]) async throws(LedgerError) -> [String: PriorCreation] { [:] }

    /// Knows of none.
    public func page(of query: LedgerQuery, after position: LedgerPosition?) async throws(LedgerError) -> LedgerPage {
        LedgerPage(records: [], next: nil)
    }

    /// Knows of none.
    public func records(ofEvent eventID: String) async throws(LedgerError) -> [LedgerRecord] { [] }

    /// Knows of none.
    public func makers(ofResource idOrARN: String) async throws(LedgerError) -> [LedgerRecord] { [] }

    /// Has nothing to count.
    public func statistics(by dimension: LedgerDimension) async throws(LedgerError) -> [LedgerCount] { [] }

    /// Has nothing that could be unsound.
    public func verify() async throws(LedgerError) -> [String] { [] }
}
