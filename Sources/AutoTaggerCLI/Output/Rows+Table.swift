/// What people read.
extension Rows {
    func table(terminalWidth: Int?) -> String {
        guard !records.isEmpty else { return "" }
        let shown = columns.indices.filter { columns[$0].inTable }
        let lines = [shown.map { columns[$0].title }] + records.map { record in shown.map { record.cells[$0].oneLine } }
        var widths = shown.indices.map { column in lines.map { $0[column].displayWidth }.max() ?? 0 }
        if let terminalWidth {
            Self.fit(&widths, into: terminalWidth, cutting: shown.indices.filter { columns[shown[$0]].mayBeCut })
        }
        return lines.map { Self.line($0, widths) }.joined()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        var padding = 0
        for (cell, width) in zip(cells, widths) {
            let text = cell.truncated(toWidth: width)
            line += String(repeating: " ", count: padding) + text
            padding = width - text.displayWidth + 2
        }
        // No blanks at the end: they would only come along when somebody copies the line.
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    /// Narrows the widest of the columns that may be cut, one character at a time, until the line fits; never below eight.
    private static func fit(_ widths: inout [Int], into total: Int, cutting columns: [Int]) {
        while widths.reduce(0, +) + 2 * (widths.count - 1) > total {
            guard let widest = columns.max(by: { widths[$0] < widths[$1] }), widths[widest] > 8 else { return }
            widths[widest] -= 1
        }
    }

    func blocks(terminalWidth: Int?) -> String {
        let shown = columns.indices.filter { column in
            columns[column].inTable && records.contains { !$0.cells[column].isEmpty }
        }
        let width = shown.map { columns[$0].title.displayWidth }.max() ?? 0
        return records.map { record in
            var block = ""
            for column in shown where !record.cells[column].isEmpty {
                let title = columns[column].title
                block += title + String(repeating: " ", count: width - title.displayWidth + 2)
                block += record.cells[column].oneLine + "\n"
            }
            for part in record.parts where !part.rows.records.isEmpty {
                block += "\n\(part.title)\n" + part.rows.rendered(as: .table, terminalWidth: terminalWidth)
            }
            return block
        }
        .joined(separator: "\n")
    }
}
