public import AutoTagger

/// Everything that `autotagger.yaml` can say. Each setting's meaning stands in `config/autotagger.yaml`.
public struct Settings: Sendable {
    /// The dispatcher's part.
    public var dispatcher: Dispatcher.Options
    /// Which resources are tagged through the Resource Groups Tagging API by choice.
    public var taggingRoute = TaggingRoute()
    /// Where the ledger is, unless the command line or the environment says otherwise.
    public var ledger: LedgerLocation?
    /// How long an event is kept after its last change, where the ledger forgets by itself: a year, and time to look back.
    public var ledgerRetention = Duration.seconds(400 * 86_400)
    /// The folder of the user's own handlers.
    public var handlersFolder: String?
    /// How AWS is reached.
    public var aws: AWS
    /// How queues are read.
    public var daemon = Daemon()
    /// How much is logged: `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    public var logLevel: String?
    /// `text` or `json`.
    public var logFormat: String?

    /// How AWS is reached.
    public struct AWS: Sendable, Hashable {
        /// The region for calls that no event places.
        public var region: String?
        /// The profile of the shared configuration files.
        public var profile: String?
        /// The endpoint for every service, as for a fake AWS.
        public var endpointURL: String?
        /// The role to assume in the event's account, with `{partition}` and `{account}` in it; `nil` for none.
        public var accountRole: String?
        /// The external id that the role's trust policy asks for.
        public var externalID: String?
    }

    /// The settings of an empty file.
    public static let defaults = Settings(
        dispatcher: Dispatcher.Options(
            policy: TagPolicy(rules: DefaultTags.rules), optOut: OptOut(key: "auto-tagger", value: "off")),
        aws: AWS())

    init(dispatcher: Dispatcher.Options, aws: AWS) {
        self.dispatcher = dispatcher
        self.aws = aws
    }
}

/// The tags that resources get unless the settings say otherwise.
public enum DefaultTags {
    private static let texts: [(key: String, value: String)] = [
        ("Creator", "${identity.name}"),
        ("CreatorArn", "${identity.arn}"),
        ("CreatedAt", "${event.time}"),
        ("CreatedVia", "${identity.invokedBy}"),
        ("InstanceId", "${parent.id}"),
    ]
    private static let types = ["InstanceId": ["ec2:volume", "ec2:network-interface"]]

    /// The rules, in the order in which they are written.
    public static let rules: [TagPolicy.Rule] = texts.compactMap { key, value in
        // These five are checked by a test; a mistake in one would leave it out, never stop the program.
        try? TagPolicy.Rule(key: key, value: value, types: types[key] ?? [])
    }
}
