/// One line of the doctor's report: what was looked at, how it is, why, and what to do.
public struct CheckLine: Sendable, Hashable {
    /// How the thing looked at is.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// As it should be.
        case ok
        /// Works, but somebody should know, or could not be looked at.
        case warning
        /// Keeps events from becoming tags.
        case broken
        /// Not looked at: not set up here, or a line above says why nothing can be said.
        case leftOut = "left out"
    }

    /// Whose trouble a broken thing is, which decides what the program ends with.
    public enum Trouble: String, Sendable, Hashable, CaseIterable {
        /// Something is set up wrongly, here or in AWS.
        case configuration
        /// AWS refuses: credentials or permissions.
        case permission
        /// AWS could not be reached.
        case unreachable
        /// All is set up, and the work itself fails or waits.
        case work
    }

    /// The check's name; set by the ``Doctor``.
    public var check = ""
    /// How it is.
    public let status: Status
    /// What was found, in one sentence.
    public let what: String
    /// Why that matters or where it comes from.
    public let why: String?
    /// What to do: a command or a setting by its name.
    public let advice: String?
    /// Whose trouble it is; only of broken ones.
    public let trouble: Trouble?

    private init(_ status: Status, _ what: String, _ why: String?, _ advice: String?, _ trouble: Trouble? = nil) {
        self.status = status
        self.what = what
        self.why = why
        self.advice = advice
        self.trouble = trouble
    }

    /// All is well.
    public static func ok(_ what: String, why: String? = nil) -> CheckLine { CheckLine(.ok, what, why, nil) }

    /// Worth knowing.
    public static func warning(_ what: String, why: String, advice: String) -> CheckLine {
        CheckLine(.warning, what, why, advice)
    }

    /// In the way of tags.
    public static func broken(_ trouble: Trouble, _ what: String, why: String, advice: String) -> CheckLine {
        CheckLine(.broken, what, why, advice, trouble)
    }

    /// Not looked at, since what another line speaks of stands in the way.
    static func leftOut(for line: String) -> CheckLine { .leftOut("not looked at, for what the line '\(line)' says") }

    /// Not looked at.
    public static func leftOut(_ what: String, advice: String? = nil) -> CheckLine {
        CheckLine(.leftOut, what, nil, advice)
    }
}
