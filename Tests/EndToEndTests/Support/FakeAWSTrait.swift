import Testing

extension Trait where Self == ConditionTrait {
    /// Skips, saying why, where the fake AWS or the built programs are missing.
    static var needsFakeAWS: Self {
        .enabled(if: Prerequisites.areMet, Comment(rawValue: Prerequisites.advice))
    }
}
