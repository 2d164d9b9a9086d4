import JSON

extension JSONValue {
    /// The document for people to read and compare: on one line what fits there, lists of words filled, keys sorted.
    ///
    /// - Parameter margin: the columns to leave free on every line but the first.
    func laidOut(margin: Int = 0, width: Int = 120) -> String {
        let line = oneLine
        guard margin + line.count > width else { return line }
        let inner = String(repeating: " ", count: margin + 2)
        let outer = String(repeating: " ", count: margin)
        switch kind {
        case .object(let members):
            let parts = members.sorted { $0.key < $1.key }.map { key, value in
                "\(inner)\(JSONValue.string(key).compactText): \(value.laidOut(margin: margin + 2, width: width))"
            }
            return "{\n" + parts.joined(separator: ",\n") + "\n\(outer)}"
        case .array(let elements) where elements.allSatisfy({ $0.string != nil }):
            return "[\n" + Self.filled(elements.map(\.compactText), inner, width) + "\n\(outer)]"
        case .array(let elements):
            let parts = elements.map { inner + $0.laidOut(margin: margin + 2, width: width) }
            return "[\n" + parts.joined(separator: ",\n") + "\n\(outer)]"
        default:
            return line
        }
    }

    private var oneLine: String {
        switch kind {
        case .object(let members):
            let parts = members.sorted { $0.key < $1.key }.map { key, value in
                "\(JSONValue.string(key).compactText): \(value.oneLine)"
            }
            return "{\(parts.joined(separator: ", "))}"
        case .array(let elements): return "[\(elements.map(\.oneLine).joined(separator: ", "))]"
        default: return compactText
        }
    }

    /// As many words on a line as it takes.
    private static func filled(_ words: [String], _ margin: String, _ width: Int) -> String {
        var lines: [String] = []
        var line = margin
        for (index, word) in words.enumerated() {
            let piece = word + (index == words.count - 1 ? "" : ",")
            if line != margin, line.count + 1 + piece.count > width {
                lines.append(line)
                line = margin
            }
            line += (line == margin ? "" : " ") + piece
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
