internal import CloudTrail

/// A path that may end in a filter: `responseElements.hostedZone.id | last` is `Z1` of `/hostedzone/Z1`.
struct DeclaredPath: Sendable, Hashable {
    /// What is done to what was found.
    enum Filter: String, Sendable, CaseIterable {
        /// What stands after the last slash.
        case last
        /// Without a slash in front.
        case relative

        func callAsFunction(_ text: String) -> String {
            switch self {
            case .last: text.split(separator: "/").last.map(String.init) ?? text
            case .relative: text.hasPrefix("/") ? String(text.dropFirst()) : text
            }
        }
    }

    /// The records' members that a declaration may look into.
    static let roots = [
        "requestParameters", "responseElements", "serviceEventDetails", "additionalEventData", DeclaredQuestion.root,
    ]

    let path: FieldPath
    let filter: Filter?

    /// Reads a path; `nil` when it has an empty step, an unknown filter, or begins at no part of a record that can hold an id.
    init?(_ text: String) {
        let (path, filter) = Self.parts(of: text)
        guard let path = FieldPath(path), filter.map({ Filter(rawValue: $0) != nil }) ?? true,
            path.text.split(separator: "?").allSatisfy({ alternative in
                Self.roots.contains { alternative.drop { $0 == " " }.hasPrefix($0 + ".") }
            })
        else { return nil }
        self.path = path
        self.filter = filter.flatMap(Filter.init)
    }

    /// What the path leads to.
    func values(in event: CloudTrailEvent) -> [String] {
        let values = path.values(in: event)
        return filter.map { filter in values.map { filter($0) } } ?? values
    }

    /// A text before the bar and the name after it.
    static func parts(of text: String) -> (String, String?) {
        let parts = text.split(separator: "|", maxSplits: 1).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        return (parts.first ?? "", parts.count == 2 ? parts[1] : nil)
    }
}
