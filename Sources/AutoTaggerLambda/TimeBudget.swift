internal import Foundation

/// How long an invocation may work.
///
/// Lambda names the end by its own clock. After a thaw this machine's clock may be wrong for a while, so an end that is past or
/// further away than any invocation can be is not believed.
struct TimeBudget: Sendable, Hashable {
    /// Lambda's longest time limit.
    private static let longest: TimeInterval = 900
    /// Lambda's own default, for when its word cannot be believed.
    private static let guess: TimeInterval = 3

    /// When work must stop, so that there is time to settle and to answer.
    let end: Date
    /// Whether the deadline could be believed.
    let isBelievable: Bool

    init(deadline: Date?, now: Date) {
        let asked = deadline?.timeIntervalSince(now) ?? Self.longest
        isBelievable = asked > 0 && asked <= Self.longest + 60
        let whole = isBelievable ? asked : Self.guess
        // A fifth of a short time, for a process with little processor; more than two seconds are never needed.
        end = now.addingTimeInterval(whole - min(2, whole / 5))
    }

    /// What is left for work.
    func remaining(_ now: Date) -> Duration {
        .milliseconds(Int64((max(0, end.timeIntervalSince(now)) * 1000).rounded(.down)))
    }
}
