/// The bounds within which messages flow.
struct FlowLimits: Sendable, Hashable {
    /// Loops that ask one queue.
    var receivers = 2
    /// Messages held at once, over all queues: with that many the receivers pause.
    var inFlight = 256
    /// Messages that share a claim, a settlement and calls.
    var groupSize = 64
    /// Groups under work at once: a launch that is waited for holds up its own group only.
    var groups = 8
    /// For how long the queue hides a message from others; heartbeats renew it.
    var visibility = Duration.seconds(120)
    /// How long work may take to end in peace when the process is told to end.
    var grace = Duration.seconds(5)
    /// How long the end may take in all.
    var deadline = Duration.seconds(8)
    /// How often deleting one message is tried. After that it comes again, and the ledger knows it.
    var deletions = 3

    /// How often heartbeats are looked at. A quarter, renewed at half: one lost heartbeat never costs a message.
    var beat: Duration { visibility / 4 }
}
