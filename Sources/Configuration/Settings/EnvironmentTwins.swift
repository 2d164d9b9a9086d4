/// The environment's `AUTOTAGGER_…` variables, the twins of the command line's options.
///
/// An empty one counts as none: CloudFormation and Terraform hand a parameter over whose default is empty as an empty text.
public struct EnvironmentTwins: Sendable {
    private let environment: [String: String]

    /// The twins in an environment.
    public init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value of `AUTOTAGGER_` and that name.
    public subscript(name: String) -> String? { foreign("AUTOTAGGER_" + name) }

    /// The value of somebody else's variable, such as AWS's, by its whole name.
    public func foreign(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
