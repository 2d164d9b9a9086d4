/// How lists and counts are said in a line that a person reads.
enum Wording {
    /// `1 event`, `2 events`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// The first few, and how many more there are.
    static func some(_ items: [String], of most: Int = 5) -> String {
        let shown = items.prefix(most).joined(separator: ", ")
        return items.count > most ? "\(shown) and \(items.count - most) more" : shown
    }

    /// A span of time in its largest unit: `3 days`, `5 minutes`.
    static func span(_ seconds: Double) -> String {
        let units: [(Double, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
        for (length, noun) in units where seconds >= length { return count(Int(seconds / length), noun) }
        return count(Int(seconds), "second")
    }
}
