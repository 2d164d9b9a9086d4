/// Lets the first word about a trouble through, and after that one a while: an outage shall not fill a disk.
struct LogDamper: Sendable {
    /// How long the same trouble is not spoken of again.
    let silence: Duration
    private var spoken: [String: (at: Duration, unsaid: Int)] = [:]

    init(silence: Duration = .seconds(60)) { self.silence = silence }

    /// Whether to speak of a trouble now: the number of times that it was passed over since the last word, or `nil` not to.
    ///
    /// Troubles are named by stable codes; should there be more of them than anybody reads, the old ones are forgotten.
    mutating func speak(of trouble: String, at now: Duration) -> Int? {
        if let last = spoken[trouble], now - last.at < silence {
            spoken[trouble] = (last.at, last.unsaid + 1)
            return nil
        }
        if spoken.count >= 256 { spoken = spoken.filter { now - $0.value.at < silence } }
        defer { spoken[trouble] = (now, 0) }
        return spoken[trouble]?.unsaid ?? 0
    }
}
