public import AutoTagger
private import EC2Plugin

/// The one list of plugins that ship with AutoTagger.
public enum BuiltinPlugins {
    /// The plugins that need Swift; what a line of YAML can say is in ``BuiltinCatalogue``.
    public static let compiled: [any Plugin] = [EC2Plugin()]
}
