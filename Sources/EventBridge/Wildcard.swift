/// A text with `*` for any run of characters; `\*` and `\\` stand for themselves.
struct Wildcard: Sendable, Hashable {
    /// The literal stretches between the stars, at least one.
    private let pieces: [String]

    /// Reads a wildcard.
    ///
    /// - Throws: ``PatternError`` for two stars in a row, or a backslash before anything else: EventBridge refuses both.
    init(_ text: String, of field: String) throws(PatternError) {
        var pieces = [""]
        var isEscaped = false
        var previousIsStar = false
        for character in text {
            if isEscaped {
                guard character == "*" || character == "\\" else {
                    throw PatternError("the wildcard '\(text)' of '\(field)' has a backslash before '\(character)'")
                }
                pieces[pieces.count - 1].append(character)
                isEscaped = false
                previousIsStar = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "*" {
                guard !previousIsStar else {
                    throw PatternError("the wildcard '\(text)' of '\(field)' has two stars in a row")
                }
                pieces.append("")
                previousIsStar = true
            } else {
                pieces[pieces.count - 1].append(character)
                previousIsStar = false
            }
        }
        guard !isEscaped else { throw PatternError("the wildcard '\(text)' of '\(field)' ends in a backslash") }
        self.pieces = pieces
    }

    /// Whether the wildcard covers the whole text.
    func matches(_ text: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return text == pieces.first }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
