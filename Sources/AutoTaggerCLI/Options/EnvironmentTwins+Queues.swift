import Configuration

extension EnvironmentTwins {
    /// The queues that `AUTOTAGGER_QUEUE_URL` names, with spaces or commas between; `nil` where it is not set.
    var queueURLs: [String]? {
        self["QUEUE_URL"]?.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    }
}
