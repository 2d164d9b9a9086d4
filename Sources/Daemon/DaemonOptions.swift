/// How the daemon works, as settings say.
public struct DaemonOptions: Sendable, Hashable {
    /// Loops that ask one queue; the others sleep while it has nothing.
    public var receivers: Int
    /// Messages held at once, over all queues: with that many the receivers pause.
    public var inFlight: Int
    /// For how long the queue hides a message from others; heartbeats renew it while the message is under work.
    public var visibility: Duration

    /// Options of those values.
    public init(receivers: Int = 2, inFlight: Int = 256, visibility: Duration = .seconds(120)) {
        self.receivers = receivers
        self.inFlight = inFlight
        self.visibility = visibility
    }

    var limits: FlowLimits {
        FlowLimits(receivers: receivers, inFlight: inFlight, visibility: visibility)
    }

    /// The first pause after a failure: a quarter of the visibility, half a minute by default.
    var schedule: RetrySchedule { RetrySchedule(first: visibility / 4) }
}
