// Writes one Swift file that holds the text of each plugin.yaml and an index from event sources to them.
//
// The texts become static strings, which cost nothing at start: they lie in the binary until a source is asked for. The
// index is taken from the `source:` keys; a test compares it with what the declarations say once they are parsed.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
    FileHandle.standardError.write(Data("usage: EmbedDeclarations OUTPUT PLUGIN.YAML…\n".utf8))
    exit(64)
}

/// The values of every `source:` key, at the top or within a line: a host name or a list of them. A mapping after it is a
/// type of resource of that name.
func sources(in text: String) -> [String] {
    let pattern = /(?:^|[{,\s])source:\s*(\[[^\]]*\]|[^\s,{}#]+)/.anchorsMatchLineEndings()
    var found: Set<String> = []
    for line in text.split(separator: "\n") where !line.trimmingCharacters(in: .whitespaces).hasPrefix("#") {
        for match in String(line).matches(of: pattern) {
            for name in match.1.split(whereSeparator: { "[], \"'".contains($0) }) { found.insert(name.lowercased()) }
        }
    }
    return found.sorted()
}

var texts: [String] = []
var index: [String: [Int]] = [:]
do {
    for path in arguments.dropFirst() {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
        for source in sources(in: text) { index[source, default: []].append(texts.count) }
        texts.append("        (file: \"Plugins/\(folder)/plugin.yaml\", text: ###\"\"\"\n\(text)\n\"\"\"###),")
    }
    let rows = index.sorted { $0.key < $1.key }.map { "        \"\($0.key)\": \($0.value)," }
    let swift = """
        /// The text of every plugin.yaml, and which of them speak of an event source.
        enum EmbeddedDeclarations {
            static let files: [(file: StaticString, text: StaticString)] = [
        \(texts.joined(separator: "\n"))
            ]

            static let filesBySource: [String: [Int]] = [
        \(rows.isEmpty ? "        :" : rows.joined(separator: "\n"))
            ]
        }

        """
    try swift.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
    FileHandle.standardError.write(Data("EmbedDeclarations: \(error)\n".utf8))
    exit(1)
}
