public import AutoTagger
public import Foundation

/// Answers "nothing is tagged and I cannot see why": looks at every piece between an API call and its tag.
///
/// The checks run side by side; what two of them must know is asked once. A piece that fails takes none of the others
/// with it, except that without credentials nothing can be asked of AWS.
public struct Doctor: Sendable {
    /// What the doctor looks at.
    public struct Patient: Sendable {
        /// What the settings' file is, and what is wrong with it.
        public var settings: SettingsCheck.Reading
        /// The handlers and the tags that the settings come to.
        public var handlers: @Sendable () -> HandlerRoster
        /// The keys of the tags that are written.
        public var tagKeys: [String]
        /// What the gate lets through.
        public var gate: Gate.Rules
        /// The role that is assumed in another account, by the account's number and a region of its cloud; `nil` where
        /// none is. It answers `nil` for what is no account.
        public var accountRole: (@Sendable (_ account: String, _ region: String) -> String?)?
        /// The region in which a region's cloud has its global services, such as IAM.
        public var globalRegion: @Sendable (_ region: String) -> String
        /// The region, and who said so.
        public var region: RegionCheck.Reading
        /// What people named of the deployment.
        public var names: Site.Names

        /// A patient with all its parts.
        public init(
            settings: SettingsCheck.Reading, handlers: @escaping @Sendable () -> HandlerRoster, tagKeys: [String],
            gate: Gate.Rules, accountRole: (@Sendable (_ account: String, _ region: String) -> String?)?,
            globalRegion: @escaping @Sendable (_ region: String) -> String, region: RegionCheck.Reading,
            names: Site.Names
        ) {
            self.settings = settings
            self.handlers = handlers
            self.tagKeys = tagKeys
            self.gate = gate
            self.accountRole = accountRole
            self.globalRegion = globalRegion
            self.region = region
            self.names = names
        }
    }

    /// What the doctor asks.
    public struct Instruments: Sendable {
        var caller: any CallerIdentitySource
        var clock: any ServerClock
        var ledger: any LedgerProbe
        var queues: any QueueReader
        var rules: any RuleReader
        var functions: any FunctionReader
        var trails: any TrailReader
        var permissions: any PermissionSimulator
        var now: @Sendable () -> Date

        /// One instrument for each question.
        public init(
            caller: any CallerIdentitySource, clock: any ServerClock, ledger: any LedgerProbe, queues: any QueueReader,
            rules: any RuleReader, functions: any FunctionReader, trails: any TrailReader,
            permissions: any PermissionSimulator, now: @escaping @Sendable () -> Date
        ) {
            self.caller = caller
            self.clock = clock
            self.ledger = ledger
            self.queues = queues
            self.rules = rules
            self.functions = functions
            self.trails = trails
            self.permissions = permissions
            self.now = now
        }
    }

    private let checks: [any Check]

    /// A doctor with what it looks at and with what.
    public init(_ patient: Patient, with tools: Instruments) {
        let site = Site(patient.names, region: patient.region.region, with: tools)
        let roster = Asked(patient.handlers)
        let record = LedgerRecordReader(probe: tools.ledger, site: site)
        func onSite(_ check: some SiteCheck) -> any Check { OnSite(inner: check, site: site) }
        checks = [
            SettingsCheck(reading: patient.settings),
            HandlersCheck(roster: roster),
            RegionCheck(reading: patient.region, allowed: patient.gate.regions, site: site),
            CredentialsCheck(site: site),
            onSite(AccountsCheck(allowed: patient.gate.accounts, hasAccountRole: patient.accountRole != nil)),
            onSite(ClockCheck(clock: tools.clock)),
            LedgerCheck(record: record),
            onSite(
                PermissionsCheck(
                    simulator: tools.permissions, ledger: tools.ledger, roster: roster, tagKeys: patient.tagKeys,
                    accounts: patient.gate.accounts, accountRole: patient.accountRole)),
            onSite(TrailCheck(trails: tools.trails, roster: roster, globalRegion: patient.globalRegion)),
            onSite(RuleCheck()),
            onSite(PatternCheck(roster: roster)),
            onSite(DeliveryCheck()),
            onSite(QueueCheck(queues: tools.queues, now: tools.now)),
            onSite(DeadLetterQueueCheck(reader: tools.queues)),
            onSite(FunctionCheck(ledger: tools.ledger.place)),
            LastEventCheck(record: record, now: tools.now),
            SkippedCheck(record: record),
            FailuresCheck(record: record),
        ]
    }

    /// Looks at everything; the lines come in the order in which an event meets the pieces.
    public func examine() async -> [CheckLine] {
        await withTaskGroup(of: (Int, [CheckLine]).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask {
                    let lines = await check.lines().map { line in
                        var named = line
                        named.check = check.name
                        return named
                    }
                    return (index, lines)
                }
            }
            var found: [Int: [CheckLine]] = [:]
            for await (index, lines) in group { found[index] = lines }
            return checks.indices.flatMap { found[$0] ?? [] }
        }
    }
}
