// What holds the environment or the shared files shows neither in a description nor in a dump: people paste both into
// tickets.

extension AWSClient: CustomStringConvertible, CustomReflectable {
    /// The name of the type and nothing of what it knows.
    public var description: String { "AWSClient" }

    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SharedSettings: CustomStringConvertible, CustomReflectable {
    var description: String { "SharedSettings(profile: \(profileName))" }

    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SharedConfigFile: CustomStringConvertible, CustomReflectable {
    var description: String { "SharedConfigFile(profiles: \(profiles.keys.sorted()))" }

    var customMirror: Mirror { Mirror(self, children: [:]) }
}
