/// Finds the word that somebody probably meant.
public enum Suggestion {
    /// The known word nearest to what was typed, if any is near enough to be worth offering.
    public static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased())
        let allowed = max(1, typed.count / 3)
        return known.map { (word: $0, distance: distance(typed, Array($0.lowercased()))) }
            .filter { $0.distance <= allowed }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Levenshtein's distance, with two swapped neighbours counted as one mistake.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for row in 1..<(left.count + 1) where row > 0 {
            var current = [row]
            for column in 1..<(right.count + 1) where column > 0 {
                let same = left[row - 1] == right[column - 1]
                var best = min(rows[row - 1][column] + 1, current[column - 1] + 1)
                best = min(best, rows[row - 1][column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, rows[row - 2][column - 2] + 1)
                }
                current.append(best)
            }
            rows.append(current)
        }
        return rows[left.count][right.count]
    }
}
