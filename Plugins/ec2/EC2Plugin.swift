public import AutoTagger

/// What EC2 needs beyond its declarations: launching instances.
public struct EC2Plugin: Plugin {
    /// `ec2`, as in its declarations.
    public let name = "ec2"
    /// The handler of `RunInstances`.
    public let handlers: [any ResourceHandler] = [RunInstancesHandler()]

    /// The plugin; it holds nothing.
    public init() {}
}
