public import AutoTagger

/// The port that looks at Lambda functions.
public protocol FunctionReader: Sendable {
    /// A function by its name or ARN; `nil` when there is none.
    func function(_ name: String, in region: String) async throws(Failure) -> FunctionFacts?

    /// What feeds the function.
    func mappings(ofFunction name: String, in region: String) async throws(Failure) -> [MappingFacts]

    /// Who may call the function; `nil` when nobody else may.
    func policy(ofFunction name: String, in region: String) async throws(Failure) -> String?
}

/// A function as `GetFunctionConfiguration` tells of it.
public struct FunctionFacts: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its ARN.
    public var arn: String
    /// The role that it runs with.
    public var role: String
    /// `Active`, `Inactive`, `Pending` or `Failed`.
    public var state: String
    /// How many seconds one run may take.
    public var timeout: Int
    /// Its environment: where its settings and its ledger are.
    public var environment: [String: String]

    /// A function with its facts.
    public init(
        name: String, arn: String, role: String, state: String, timeout: Int, environment: [String: String]
    ) {
        self.name = name
        self.arn = arn
        self.role = role
        self.state = state
        self.timeout = timeout
        self.environment = environment
    }
}

/// An event source mapping as `ListEventSourceMappings` tells of it.
public struct MappingFacts: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// What it reads from.
    public var source: String
    /// `Enabled`, `Disabled`, or a step between.
    public var state: String
    /// What came of its last reading, such as `PROBLEM: Function call failed`.
    public var lastResult: String?
    /// Whether the function may say which messages of a batch failed.
    public var reportsItemFailures: Bool

    /// A mapping with its facts.
    public init(id: String, source: String, state: String, lastResult: String?, reportsItemFailures: Bool) {
        self.id = id
        self.source = source
        self.state = state
        self.lastResult = lastResult
        self.reportsItemFailures = reportsItemFailures
    }
}
