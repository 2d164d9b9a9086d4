/// The port that compares this machine's clock with AWS's.
public protocol ServerClock: Sendable {
    /// By how many seconds AWS's clock is ahead of ours, by the `Date` of the latest answer; `nil` before the first.
    var offset: Double? { get }
}
