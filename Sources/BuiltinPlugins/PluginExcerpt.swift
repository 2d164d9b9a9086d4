/// The part of a built-in plugin.yaml that speaks of one event.
///
/// EC2's file has more than a hundred resources, and reading them all would be a third of a cold start. The built-in files
/// keep one form, which a test holds them to: what is common, then `resources:`, then each type two spaces in.
enum PluginExcerpt {
    private static let heading = "resources:"

    /// What is common to all lines, and the types that name the event; `nil` when none does.
    static func lines(of text: String, naming eventName: String) -> String? {
        guard text.utf8.count >= eventName.utf8.count, !eventName.isEmpty else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard let start = lines.firstIndex(of: heading[...]) else { return text }
        var kept: [Substring] = []
        var entry: [Substring] = []
        var isWanted = false
        for line in lines[lines.index(after: start)...] {
            if isEntry(line) {
                if isWanted { kept += entry }
                entry = []
                isWanted = false
            }
            entry.append(line)
            isWanted = isWanted || names(line, eventName)
        }
        if isWanted { kept += entry }
        return kept.isEmpty ? nil : (lines[...start] + kept).joined(separator: "\n")
    }

    /// Whether a line begins a type: two spaces, then a name.
    private static func isEntry(_ line: Substring) -> Bool {
        let bytes = line.utf8
        guard bytes.count > 2, bytes.starts(with: "  ".utf8) else { return false }
        let first = bytes[bytes.index(bytes.startIndex, offsetBy: 2)]
        return first != UInt8(ascii: " ") && first != UInt8(ascii: "#") && first != UInt8(ascii: "-")
    }

    /// Whether the event's name stands in the line as a word of its own.
    private static func names(_ line: Substring, _ eventName: String) -> Bool {
        let bytes = Array(line.utf8)
        let name = Array(eventName.utf8)
        guard bytes.count >= name.count else { return false }
        for start in 0...(bytes.count - name.count) where bytes[start] == name[0] {
            let end = start + name.count
            if bytes[start..<end].elementsEqual(name), start == 0 || !isWord(bytes[start - 1]),
                end == bytes.count || !isWord(bytes[end])
            {
                return true
            }
        }
        return false
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
