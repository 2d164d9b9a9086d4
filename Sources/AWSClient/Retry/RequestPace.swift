internal import Foundation
internal import Locking

/// Keeps requests to the pace that AWS takes, for each account, region and operation, as AWS itself counts them.
///
/// Nothing is held back until AWS throttles. From then on the pace is what AWS took, seven tenths of it at first, and grows
/// again along a cubic curve while nothing is refused: the adaptive retry mode of AWS's SDKs. All callers of one operation
/// stand in one line, so that a burst becomes a longer line and not more refusals; who would wait too long is told so at
/// once, and its event comes back later. A configured rate is a bound on top.
final class RequestPace: Sendable {
    /// What AWS counts by.
    struct Key: Hashable, Sendable {
        var account: String?
        var region: String
        var operation: String
    }

    /// Nobody stands in line for longer; also the longest wait between two attempts.
    static let patience = Duration.seconds(20)

    private let maximum: Double?
    private let elapsed: @Sendable () -> Duration
    private let lanes = Locked<[Key: PacedLane]>([:])

    init(maximumPerSecond: Double?, clock: any Clock<Duration>) {
        maximum = maximumPerSecond.map { max($0, 0.001) }
        elapsed = clock.stopwatch()
    }

    /// How long to wait before the next request, the place in line taken already; `nil` when the line is too long.
    func reserve(_ key: Key) -> Duration? {
        let now = elapsed()
        return lanes.withLock { lanes in
            lanes[key, default: PacedLane(at: now)].reserve(at: now, maximum: maximum, patience: Self.patience)
        }
    }

    /// Learns how AWS took a request.
    func learn(_ key: Key, wasThrottled: Bool) {
        let now = elapsed()
        lanes.withLock { lanes in
            lanes[key, default: PacedLane(at: now)].learn(wasThrottled: wasThrottled, at: now)
        }
    }
}

/// The pace of one operation in one place, in requests a second.
struct PacedLane: Sendable {
    /// How much is left of the pace after a refusal, and how fast it comes back: the constants of AWS's SDKs.
    private static let cut = 0.7
    private static let growth = 0.4
    /// The pace is never lower: every tagging API refills its bucket about so fast, and an event that is refused comes again.
    static let floor = 5.0
    /// How long requests are counted before the count says anything.
    private static let window = Duration.milliseconds(500)

    /// `nil` while AWS has refused nothing.
    private(set) var pace: Double?
    private var nextFree: Duration
    private var measured = 0.0
    private var windowStart: Duration
    private var windowCount = 0.0
    private var lastCut = Duration.zero
    private var paceBeforeCut = 0.0

    init(at now: Duration) {
        nextFree = now
        windowStart = now
    }

    mutating func reserve(at now: Duration, maximum: Double?, patience: Duration) -> Duration? {
        guard let pace = [pace, maximum].compactMap(\.self).min() else { return .zero }
        let start = max(nextFree, now)
        guard start - now <= patience else { return nil }
        nextFree = start + .seconds(1 / pace)
        return start - now
    }

    mutating func learn(wasThrottled: Bool, at now: Duration) {
        measure(at: now)
        if wasThrottled {
            // Requests that left together are refused together: that is one refusal, not many.
            guard pace == nil || now - lastCut >= Self.window else { return }
            paceBeforeCut = min(pace ?? measured, max(measured, Self.floor))
            pace = max(paceBeforeCut * Self.cut, Self.floor)
            lastCut = now
        } else if pace != nil {
            let flat = cbrt(paceBeforeCut * (1 - Self.cut) / Self.growth)
            let grown = Self.growth * pow((now - lastCut).inSeconds - flat, 3) + paceBeforeCut
            pace = max(min(grown, 2 * measured), Self.floor)
        }
    }

    /// Requests a second as they went out, the latest window counting most.
    private mutating func measure(at now: Duration) {
        windowCount += 1
        let span = now - windowStart
        guard span >= Self.window else { return }
        measured = 0.8 * windowCount / span.inSeconds + 0.2 * measured
        windowStart = now
        windowCount = 0
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
