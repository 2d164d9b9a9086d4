internal import CloudTrail

/// A condition of a line: that something is there, or with `!` in front that it is not.
///
/// Two APIs behind one event name are told apart by what only one of them has.
struct Presence: Sendable, Hashable {
    let path: FieldPath
    private let isAbsence: Bool

    /// Reads a condition; `nil` when there is no path in it.
    init?(_ text: String) {
        isAbsence = text.hasPrefix("!")
        guard let path = DeclaredPath(isAbsence ? String(text.dropFirst()) : text), path.filter == nil else {
            return nil
        }
        self.path = path.path
    }

    /// Whether the event fulfils it.
    func holds(in event: CloudTrailEvent) -> Bool {
        path.nodes(in: event).isEmpty == isAbsence
    }
}
