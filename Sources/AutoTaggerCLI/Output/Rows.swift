import JSON

/// What a verb found, once, for every form in which it can be printed.
struct Rows {
    struct Column {
        /// Above a table's column.
        let title: String
        /// In the first line of CSV.
        let key: String
        /// Whether tables show it; CSV always does.
        var inTable = true
        /// Whether a table that is too wide for the terminal may cut its cells; times and ids are of no use when cut.
        var mayBeCut = false
    }

    struct Record {
        /// One cell for each column; an empty one where there is nothing to say.
        let cells: [String]
        /// All that is known, for programs.
        let document: JSONValue
        /// What a person is shown below the record, each under its title.
        var parts: [(title: String, rows: Rows)] = []
    }

    /// How a person is shown the records.
    enum Layout {
        /// A line each.
        case lines
        /// A block each, with a line for every column.
        case blocks
    }

    var layout = Layout.lines
    let columns: [Column]
    var records: [Record]

    /// The records as text that ends with a line's end, or nothing where there is nothing to print.
    func rendered(as format: OutputFormat, terminalWidth: Int? = nil) -> String {
        switch format {
        case .table: layout == .lines ? table(terminalWidth: terminalWidth) : blocks(terminalWidth: terminalWidth)
        case .csv: csv()
        case .ndjson: records.map { $0.document.compactText + "\n" }.joined()
        case .json where records.isEmpty: "[]\n"
        case .json: "[\n" + records.map(\.document.compactText).joined(separator: ",\n") + "\n]\n"
        }
    }

    /// By RFC 4180: a cell with a comma, a quote or a line's end stands in quotes, and lines end with CR LF.
    func csv(titled: Bool = true) -> String {
        let lines = (titled ? [columns.map(\.key)] : []) + records.map(\.cells)
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
