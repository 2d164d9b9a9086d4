extension Clock where Duration == Swift.Duration {
    /// Tells how much time has passed since it was made.
    ///
    /// A clock of any kind has instants of its own; what is counted from one beginning can be kept and compared without them.
    package func stopwatch() -> @Sendable () -> Duration {
        let start = now
        return { start.duration(to: now) }
    }
}
