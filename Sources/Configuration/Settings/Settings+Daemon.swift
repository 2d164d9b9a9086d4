extension Settings {
    /// How `autotagger daemon` reads queues; `nil` leaves a value to the program.
    public struct Daemon: Sendable, Hashable {
        /// How many receivers a queue may have.
        public static let receiverBounds = 1...16
        /// How many messages may be held; fewer than a batch would make every call a waste.
        public static let inFlightBounds = 10...10_000
        /// How long a message may be hidden, in seconds: SQS allows twelve hours, and heartbeats need some time.
        public static let visibilityBounds = 2...43_200

        /// The URLs of the queues.
        public var queueURLs: [String] = []
        /// Loops that ask one queue.
        public var receivers: Int?
        /// Messages held at once.
        public var inFlight: Int?
        /// For how long the queue hides a message that is under work.
        public var visibility: Duration?
        /// Where health and metrics are answered, or `none`.
        public var healthAddress: String?

        /// No setting made.
        public init() {}

        init(_ mapping: YAMLMapping) {
            queueURLs = mapping.strings("queueURLs") ?? []
            receivers = mapping.integer("receivers", in: Self.receiverBounds)
            inFlight = mapping.integer("inFlight", in: Self.inFlightBounds)
            visibility = mapping.duration("visibility")
            if let visibility, !Self.visibilityBounds.contains(Int(visibility.components.seconds)) {
                mapping.report("'visibility' is from 2s to 12h, as SQS and heartbeats allow", key: "visibility")
            }
            healthAddress = mapping.string("healthAddress")
            mapping.refuseUnknownKeys()
        }
    }
}
