internal import CloudTrail

/// Decides, before anything is asked of AWS, whether an event is worth it. Every no has a name.
public struct Gate: Sendable {
    /// Which accounts' events are tagged.
    public enum Accounts: Sendable, Hashable {
        /// Only the account whose credentials this program runs with.
        case own
        /// Those on the list.
        case only(Set<String>)
        /// Any; for those who trust every sender into their bus.
        case any
    }

    /// What the gate lets through.
    public struct Rules: Sendable, Hashable {
        /// The accounts.
        public var accounts: Accounts
        /// The regions, as globs; empty for all.
        public var regions: [Glob]
        /// Makers to leave out, as globs over name, ARN, role and invoking service.
        public var excludedIdentities: [Glob]
        /// The only handlers to keep, as globs over `service:resource`; empty for all.
        public var onlyHandlers: [Glob]
        /// Handlers to switch off, as globs over `service:resource`.
        public var disabledHandlers: [Glob]
        /// Handlers to switch on although they are off by default.
        public var enabledHandlers: [Glob]

        /// The defaults: the own account, all regions, nobody left out, every lasting resource.
        public init(
            accounts: Accounts = .own,
            regions: [Glob] = [],
            excludedIdentities: [Glob] = [],
            onlyHandlers: [Glob] = [],
            disabledHandlers: [Glob] = [],
            enabledHandlers: [Glob] = []
        ) {
            self.accounts = accounts
            self.regions = regions
            self.excludedIdentities = excludedIdentities
            self.onlyHandlers = onlyHandlers
            self.disabledHandlers = disabledHandlers
            self.enabledHandlers = enabledHandlers
        }
    }

    /// What is let through.
    public let rules: Rules

    /// A gate with its rules.
    public init(_ rules: Rules) { self.rules = rules }

    /// Whether a handler is switched on.
    public func isEnabled(_ handler: any ResourceHandler) -> Bool {
        let name = handler.resource.description
        if !rules.onlyHandlers.isEmpty, !rules.onlyHandlers.contains(where: { $0.matches(name) }) { return false }
        if rules.disabledHandlers.contains(where: { $0.matches(name) }) { return false }
        return !handler.isEphemeral || rules.enabledHandlers.contains { $0.matches(name) }
    }

    /// Why the record alone rules the event out, if it does.
    func reason(against event: CloudTrailEvent) -> SkipReason? {
        if event.eventSource.isEmpty || event.eventName.isEmpty { return .noHandler }
        if let code = event.errorCode {
            return code.hasSuffix("DryRunOperation") ? .dryRunCall : .failedCall
        }
        if event.errorMessage != nil { return .failedCall }
        return event.isReadOnly == true ? .readOnly : nil
    }

    /// Why an event that has a handler is ruled out all the same, by what it lacks or by the lists.
    ///
    /// - Parameter own: the caller's own account and ARN; `nil` in a dry run, which leaves that question open.
    func reason(against event: CloudTrailEvent, identity: Identity, own: CallerIdentity?) -> SkipReason? {
        if event.eventID.isEmpty || !event.accountID.isAccountID || !Partition.isRegion(event.region) {
            return .invalid
        }
        switch rules.accounts {
        case .any: break
        case .only(let accounts): if !accounts.contains(event.accountID) { return .accountNotAllowed }
        case .own: if let own, own.accountID != event.accountID { return .accountNotAllowed }
        }
        if !rules.regions.isEmpty, !rules.regions.contains(where: { $0.matches(event.region) }) {
            return .regionNotAllowed
        }
        if !rules.excludedIdentities.isEmpty {
            let names = [identity.name, identity.arn, identity.role, identity.invokedBy].compactMap(\.self)
            if rules.excludedIdentities.contains(where: { glob in names.contains(where: glob.matches) }) {
                return .identityExcluded
            }
        }
        return own.map { $0.isCaller(of: event) } == true ? .ownEvent : nil
    }

    /// Whether deciding takes the caller's own account, which only AWS can tell.
    var asksForOwnAccount: Bool { rules.accounts == .own }
}

/// Whose credentials this program runs with, as STS says.
public struct CallerIdentity: Sendable, Hashable {
    /// The account.
    public let accountID: String
    /// The ARN of the user or of the role's session.
    public let arn: String
    /// The role, where it is the program's own.
    private let role: String?

    /// An identity of both.
    public init(accountID: String, arn: String) {
        self.accountID = accountID
        self.arn = arn
        role = ARNParts.roleName(ofSession: arn).flatMap { $0.hasPrefix("AWSReservedSSO_") ? nil : $0 }
    }

    /// Whether this program made the call itself: by role, since every process has another session.
    ///
    /// Users and single sign-on roles belong to people, who may well try this program on what they made themselves.
    func isCaller(of event: CloudTrailEvent) -> Bool {
        guard let role, let caller = event.userIdentity.arn else { return false }
        return ARNParts.roleName(ofSession: caller) == role && ARNParts(caller)?.account == accountID
    }
}

/// The port that tells whose credentials this program runs with.
public protocol CallerIdentitySource: Sendable {
    /// The identity; asked of AWS once and remembered.
    func callerIdentity() async throws(Failure) -> CallerIdentity
}

extension String {
    /// Twelve digits, and nothing that could lead elsewhere.
    var isAccountID: Bool {
        utf8.count == 12 && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
