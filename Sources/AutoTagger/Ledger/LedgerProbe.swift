/// The port that looks at a ledger's place without changing anything there, for those who wonder whether it works.
public protocol LedgerProbe: Sendable {
    /// The place as `--ledger` names it, with a table's region spelled out: people paste it, and the doctor compares it with
    /// the ledger of a function.
    var place: String { get }

    /// Whether it is AWS that is asked, and paid for each question.
    var isRemote: Bool { get }

    /// What the work with the ledger takes in the way of permissions, in that account; `nil` where it takes none.
    func permissions(account: String) -> LedgerPermissions?

    /// How the place is.
    func condition() async -> LedgerCondition

    /// The ledger, for questions only; `nil` where there is none yet.
    ///
    /// - Throws: ``LedgerError`` when it cannot be read.
    func history() async throws(LedgerError) -> (any LedgerHistory)?
}

extension LedgerProbe {
    /// A place of this machine.
    public var isRemote: Bool { false }

    /// None.
    public func permissions(account: String) -> LedgerPermissions? { nil }
}

/// What the work with a ledger takes in the way of permissions.
public struct LedgerPermissions: Sendable, Hashable {
    /// The ARN of what holds it.
    public let resource: String
    /// In IAM's spelling.
    public let actions: [String]

    /// Permissions for a resource.
    public init(resource: String, actions: [String]) {
        self.resource = resource
        self.actions = actions
    }
}

/// How the place of a ledger is.
public struct LedgerCondition: Sendable, Hashable {
    /// Something that is not as it should be.
    public struct Trouble: Sendable, Hashable {
        /// Whether the ledger cannot work with it, or only worse.
        public let isFatal: Bool
        /// What is the matter.
        public let what: String
        /// Why that matters.
        public let why: String
        /// What to do.
        public let advice: String

        /// A trouble of those parts.
        public init(isFatal: Bool, what: String, why: String, advice: String) {
            self.isFatal = isFatal
            self.what = what
            self.why = why
            self.advice = advice
        }
    }

    /// Whether there is a ledger yet; the first event makes a file, but never a table.
    public let exists: Bool
    /// What is known of it besides, such as its size.
    public let details: [String]
    /// What is not as it should be; those that are fatal first.
    public let troubles: [Trouble]

    /// A condition of those parts.
    public init(exists: Bool, details: [String] = [], troubles: [Trouble] = []) {
        self.exists = exists
        self.details = details
        self.troubles = troubles.filter(\.isFatal) + troubles.filter { !$0.isFatal }
    }
}
