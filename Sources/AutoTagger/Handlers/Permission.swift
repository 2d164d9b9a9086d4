/// An IAM action that reading or writing tags needs, and whether its use can be bounded.
public struct Permission: Sendable, Hashable {
    /// What an action is needed for.
    public enum Use: Sendable, Hashable, CaseIterable {
        /// To read.
        case read
        /// To put tags on in a call whose keys IAM sees, as `aws:TagKeys`.
        case write
        /// To put tags on in a call whose keys IAM does not see, or that carries other people's tags along.
        case writeAnyKey
    }

    /// The action as IAM spells it, such as `lambda:TagResource`.
    public let action: String
    /// What it is needed for.
    public let use: Use

    /// An action for a use.
    public init(_ action: String, _ use: Use) {
        self.action = action
        self.use = use
    }

    /// An action that reads when its name says so, and else writes.
    ///
    /// - Parameter seesKeys: whether IAM sees the keys of what it writes ("Actions, resources, and condition keys" of the
    ///   service in the Service Authorization Reference).
    public init(_ action: String, seesKeys: Bool) {
        let name = action.drop { $0 != ":" }.dropFirst()
        let reads = ["Get", "GET", "List", "Describe", "Select"].contains { name.hasPrefix($0) }
        self.init(action, reads ? .read : seesKeys ? .write : .writeAnyKey)
    }
}
