internal import AutoTagger
internal import CloudTrail

/// A path that may end in a filter: `responseElements.hostedZone.id | last` is `Z1` of `/hostedzone/Z1`.
struct DeclaredPath: Sendable, Hashable {
    /// What is done to what was found.
    enum Filter: String, Sendable, CaseIterable {
        /// What stands after the last slash.
        case last
        /// Without a slash in front.
        case relative
        /// What stands after the first slash.
        case rest

        func callAsFunction(_ text: String) -> String {
            switch self {
            case .last: text.split(separator: "/").last.map(String.init) ?? text
            case .relative: text.hasPrefix("/") ? String(text.dropFirst()) : text
            case .rest: text.firstIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
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

    /// Why a text is no path, with what was probably meant.
    static func mistake(in text: String) -> String {
        let (path, filter) = parts(of: text)
        if let filter, Filter(rawValue: filter) == nil {
            let known = Filter.allCases.map(\.rawValue)
            let hint = Suggestion.nearest(to: filter, among: known).map { " (did you mean '\($0)'?)" } ?? ""
            return "unknown filter '\(filter)' in '\(text)'\(hint); there are \(known.joined(separator: ", "))"
        }
        let root = String(path.prefix { $0 != "." }.drop { $0 == "!" })
        let hint = roots.contains(root) ? nil : Suggestion.nearest(to: root, among: roots)
        return "'\(text)' is no path; a path is such as responseElements.vpc.vpcId"
            + (hint.map { " (did you mean '\($0)'?)" } ?? "")
    }

    /// What the path leads to.
    func values(in event: CloudTrailEvent) -> [String] {
        let values = path.values(in: event)
        return filter.map { filter in values.map { filter($0) } } ?? values
    }

    /// A text before the bar and the name after it.
    static func parts(of text: String) -> (String, String?) {
        guard let bar = text.utf8.firstIndex(of: UInt8(ascii: "|")) else { return (trimmed(text[...]), nil) }
        let name = trimmed(text[text.utf8.index(after: bar)...])
        return (trimmed(text[..<bar]), name.isEmpty ? nil : name)
    }

    private static func trimmed(_ text: Substring) -> String {
        let bytes = text.utf8.drop { $0 == UInt8(ascii: " ") }
        guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return "" }
        return String(text[bytes.startIndex...last])
    }
}
