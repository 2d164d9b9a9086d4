internal import Synchronization

/// The token bucket that stops retries against a service that is down, one for each service and region.
///
/// A retry costs tokens, a success gives them back. In an outage the bucket runs dry after some 35 retries, and from then
/// on every call makes one request instead of three, which is what lets the service recover.
final class RetryQuota: Sendable {
    /// One bucket's name.
    struct Key: Hashable, Sendable {
        var service: String
        var region: String
    }

    static let capacity = 500
    static let transientCost = 14
    static let throttlingCost = 5

    private let tokens = Mutex<[Key: Int]>([:])
    private let capacity: Int

    /// Buckets that start with so many tokens.
    init(capacity: Int = RetryQuota.capacity) { self.capacity = capacity }

    /// Takes what a retry costs; `nil` when there is not enough, and then no retry is made.
    func take(_ key: Key, isThrottled: Bool) -> Int? {
        let cost = isThrottled ? Self.throttlingCost : Self.transientCost
        return tokens.withLock { tokens in
            let left = tokens[key, default: capacity]
            guard left >= cost else { return nil }
            tokens[key] = left - cost
            return cost
        }
    }

    /// Gives back after a success what its last retry took, or one token when it needed none.
    func giveBack(_ key: Key, _ amount: Int?) {
        tokens.withLock { tokens in
            guard let left = tokens[key] else { return }
            tokens[key] = min(Self.capacity, left + (amount ?? 1))
        }
    }

    /// What is left, for tests and metrics.
    func left(_ key: Key) -> Int {
        tokens.withLock { $0[key, default: capacity] }
    }
}
