/// Growing pauses while something fails, back to none with the first success.
struct Backoff: Sendable, Hashable {
    /// The first pause.
    var first = Duration.seconds(1)
    /// No pause is longer.
    var longest = Duration.seconds(60)
    private(set) var failures = 0

    /// How long to pause after one more failure; `random` in 0 up to 1 spreads processes that failed together.
    mutating func fail(random: Double) -> Duration {
        let bound = min(first * (1 << min(failures, 16)), longest)
        failures += 1
        return bound * (0.5 + random / 2)
    }

    /// It works; answers whether it had failed before.
    mutating func succeed() -> Bool {
        defer { failures = 0 }
        return failures > 0
    }
}
