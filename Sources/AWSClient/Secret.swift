/// A text that must never be printed: every way of showing it shows that something is there, and nothing of it.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself, for a signature or a request; never for a message.
    public let exposed: String

    /// Wraps the text.
    public init(_ text: String) { exposed = text }

    /// The same for every secret.
    public var description: String { "***" }

    /// The same for every secret.
    public var debugDescription: String { "***" }

    /// Without children, so that `dump` finds nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
